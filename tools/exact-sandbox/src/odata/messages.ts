import { Refusal } from './refusal.js';

export type Language = 'nl' | 'en';

const BUSINESS_STATUS = 500;

/** What a business rule can object to, in the languages that Exact would use. `{0}` is the thing it is about. */
const TEXTS = {
  exists: ['Gegeven bestaat reeds.', 'Data already exists.'],
  mandatory: ['Verplicht: {0}', 'Mandatory: {0}'],
  reference: ['Ongeldige referentie: {0}', 'Invalid reference: {0}'],
  invalid: ['Ongeldig: {0}', 'Invalid: {0}'],
  length: ['Te veel tekens: {0}', 'Too many characters: {0}'],
  inUse: ['In gebruik: {0}', 'In use: {0}'],
  blocked: ['Geblokkeerd: {0}', 'Blocked: {0}'],
  periodClosed: ['Periode is afgesloten', 'Period is closed'],
  ledgerType: ['Ongeldig grootboekrekeningtype', 'Invalid G/L account type'],
  notCustomer: ['Relatie is geen klant', 'Account is not a customer'],
} as const;

export type MessageKey = keyof typeof TEXTS;

/** The things that messages are about. */
const THINGS: Readonly<Record<string, string>> = {
  Naam: 'Name',
  Relatie: 'Account',
  Klant: 'Customer',
  Dagboek: 'Journal',
  Grootboekrekening: 'G/L account',
  Boekstuknummer: 'Entry number',
  Betalingsconditie: 'Payment condition',
  'Btw-code': 'VAT code',
  Kostenplaats: 'Cost center',
  Kostendrager: 'Cost unit',
  Land: 'Country',
  Regels: 'Lines',
  Bedrag: 'Amount',
  Omschrijving: 'Description',
};

/** A refusal by a business rule: status 500 with a text in the caller's language (specification, section 3.8). */
export function objection(language: Language, key: MessageKey, thing = ''): Refusal {
  const [dutch, english] = TEXTS[key];
  const text = language === 'nl' ? dutch : english;
  return new Refusal(
    BUSINESS_STATUS,
    text.replace('{0}', language === 'nl' ? thing : (THINGS[thing] ?? thing)),
  );
}

/** The language of messages: `Accept-Language` when it asks for English or Dutch, else the switch. */
export function languageOf(acceptLanguage: string | undefined, fallback: Language): Language {
  const first = (acceptLanguage ?? '').trim().slice(0, 2).toLowerCase();
  return first === 'nl' || first === 'en' ? first : fallback;
}
