import {
  sharedFieldNames,
  textOfValue,
  type ForeseenCreate,
  type PlannedLink,
  type PlannedUpdate,
  type PlannedPartField,
  type SharedField,
} from '@koppel/domain/relations';
import { csvLine, csvStart, type Language } from '../http/csv.js';

const heads: Readonly<Record<Language, readonly string[]>> = {
  nl: ['Administratie', 'Actie', 'Relatie', 'Veld', 'Nu in Exact', 'Wordt', 'Relatie-id'],
  en: ['Administration', 'Action', 'Relation', 'Field', 'Now in Exact', 'Becomes', 'Relation id'],
};
const actions: Readonly<Record<Language, string>> = { nl: 'wijzigen', en: 'update' };
const createActions: Readonly<Record<Language, string>> = { nl: 'aanmaken', en: 'create' };
const waitingActions: Readonly<Record<Language, string>> = {
  nl: 'aanmaken na antwoord',
  en: 'create once answered',
};
const linkActions: Readonly<Record<Language, string>> = { nl: 'koppelen', en: 'link' };
const fields: Readonly<Record<Language, Readonly<Record<SharedField | PlannedPartField, string>>>> = {
  nl: {
    name: 'naam',
    tradeName: 'handelsnaam',
    kvk: 'KvK-nummer',
    vat: 'btw-nummer',
    rsin: 'RSIN',
    address: 'adres',
    email: 'e-mail',
    phone: 'telefoon',
    website: 'website',
    'contact-name': 'naam van de contactpersoon',
    'contact-jobTitle': 'functie van de contactpersoon',
    'contact-email': 'e-mail van de contactpersoon',
    'contact-phone': 'telefoon van de contactpersoon',
    'contact-mobile': 'mobiel van de contactpersoon',
    'postal-address': 'postadres',
    'invoice-address': 'factuuradres',
    'bank-account': 'bankrekening',
  },
  en: {
    name: 'name',
    tradeName: 'trade name',
    kvk: 'trade register number',
    vat: 'VAT number',
    rsin: 'RSIN',
    address: 'address',
    email: 'e-mail',
    phone: 'phone',
    website: 'website',
    'contact-name': 'name of the contact person',
    'contact-jobTitle': 'job title of the contact person',
    'contact-email': 'e-mail of the contact person',
    'contact-phone': 'phone of the contact person',
    'contact-mobile': 'mobile of the contact person',
    'postal-address': 'postal address',
    'invoice-address': 'invoice address',
    'bank-account': 'bank account',
  },
};

/** The first line of the plan as a file. */
export function planHead(language: Language): string {
  return csvStart(heads[language], language);
}

/** One field of one account, or of a part of it, that would be written. */
export function planRow(update: PlannedUpdate, administration: string, language: Language): string {
  const { relationName, field, from, to, relationId } = update;
  const values = [fields[language][field], textOfValue(from), textOfValue(to), relationId];
  return csvLine([administration, actions[language], relationName, ...values], language);
}

/** One account that would be made for a relation: a line for each field that it begins with. */
export function planCreateRows(create: ForeseenCreate, administration: string, language: Language): string {
  const { relation, values, isWaiting } = create;
  const action = (isWaiting ? waitingActions : createActions)[language];
  return sharedFieldNames
    .filter((field) => field in values)
    .map((field) => [fields[language][field], '', textOfValue(values[field] ?? null), relation.id])
    .map((cells) => csvLine([administration, action, relation.values.name, ...cells], language))
    .join('');
}

/** What the plan is known by where it is confirmed; another one by the end of the file than at its beginning is said. */
export function planPrintRow(
  prints: { readonly first: string; readonly last: string },
  language: Language,
): string {
  const { action, changed } = printWords[language];
  const print = prints.first === prints.last ? prints.last : changed;
  return csvLine(['', action, '', '', '', print, ''], language);
}

const printWords: Readonly<Record<Language, { readonly action: string; readonly changed: string }>> = {
  nl: {
    action: 'vingerafdruk',
    changed: 'het plan veranderde terwijl dit bestand werd gemaakt: haal het opnieuw op',
  },
  en: { action: 'fingerprint', changed: 'the plan changed while this file was made: fetch it again' },
};

/** One account that shares a relation with another one: its code and name in Exact stand where a value would. */
export function planLinkRow(link: PlannedLink, administration: string, language: Language): string {
  const { relationName, code, accountName, relationId } = link;
  const account = `${code ?? ''} ${accountName}`.trim();
  return csvLine(
    [administration, linkActions[language], relationName, '', account, '', relationId],
    language,
  );
}
