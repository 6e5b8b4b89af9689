import type { Random } from '../random.js';
import type { Value } from '../store/rows.js';
import type { Party } from './party.js';
import { phone, place, type Place } from './places.js';
import { officialName, typo, writtenName, writtenPhone, writtenPostcode, writtenVat } from './variants.js';
import { FREE_MAIL_DOMAINS } from './vocabulary.js';

const DAY_MS = 86_400_000;
/** Exact's storage width of an account's name (specification, section 4.12). */
const NAME_MAX = 50;
const JUNK_KVK = ['00000000', '12345678', 'n.v.t.', '0'];
const JUNK_MAIL = ['geen@geen.nl', 'x@x.nl', 'n.v.t.'];
const JUNK_PHONE = ['0000000000', '-', '0612345678'];
const REMARKS = [
  'Let op: alleen op rekening',
  'Belt liever terug na 16:00',
  'Bestelnummer verplicht',
  'Zie dossier 2019',
];

/** An account as one administration keeps it: Exact's property names, plus the place it was seen at. */
export type Observation = Readonly<Record<string, Value>>;

export interface ObservationContext {
  /** Midnight "UTC" of the day on which the world stands. */
  readonly today: number;
  /** A fresh copy repeats what is registered; later entries are typed by hand. */
  readonly isClean: boolean;
}

/** How one administration wrote a party down. */
export function observe(party: Party, random: Random, context: ObservationContext): Observation {
  const isClean = context.isClean || random.chance(0.25);
  const where = !isClean && random.chance(0.06) ? place(random, party.place.city) : party.place;
  return {
    Name: (isClean ? officialName(party) : writtenName(party, random)).slice(0, NAME_MAX),
    ...addressOf(where, random, isClean),
    ...reachOf(party, random, isClean),
    ...identityOf(party, random, isClean),
    ...roleOf(party, random),
    ...lifeOf(random, context.today),
    ...termsOf(party, random),
  };
}

function addressOf(where: Place, random: Random, isClean: boolean): Observation {
  if (!isClean && random.chance(0.07))
    return { AddressLine1: undefined, Postcode: undefined, City: undefined, Country: 'NL' };
  const street = !isClean && random.chance(0.05) ? typo(where.street, random) : where.street;
  const city = random.chance(0.3) ? where.city.alias : where.city.name;
  return {
    AddressLine1: `${street} ${where.number}`,
    Postcode: isClean ? where.postcode : writtenPostcode(where.postcode, random),
    City: !isClean && random.chance(0.08) ? city.toUpperCase() : city,
    Country: 'NL',
  };
}

function reachOf(party: Party, random: Random, isClean: boolean): Observation {
  if (isClean)
    return { Phone: filled(party.phone), Email: filled(party.email), Website: filled(party.website) };
  const digits = random.chance(0.06) ? phone(random, party.place.city) : party.phone;
  const written = random.chance(0.012) ? random.pick(JUNK_PHONE) : writtenPhone(digits, random);
  return {
    Phone: random.chance(0.75) ? filled(written) : undefined,
    Email: random.chance(0.7) ? filled(mailOf(party, random)) : undefined,
    Website: random.chance(0.25) ? filled(party.website) : undefined,
  };
}

function mailOf(party: Party, random: Random): string {
  if (random.chance(0.012)) return random.pick(JUNK_MAIL);
  if (party.kind === 'company' && random.chance(0.12)) {
    const domain = party.email.slice(party.email.indexOf('@'));
    return `${random.pick(['administratie', 'facturen', 'planning'])}${domain}`;
  }
  if (random.chance(0.03)) return `${party.lastName.toLowerCase()}@${random.pick(FREE_MAIL_DOMAINS)}`;
  return random.chance(0.05) ? party.email.toUpperCase() : party.email;
}

function identityOf(party: Party, random: Random, isClean: boolean): Observation {
  if (isClean) return { ChamberOfCommerce: filled(party.kvk), VATNumber: filled(party.vat) };
  const kvk = random.chance(0.012) ? random.pick(JUNK_KVK) : writtenKvk(party.kvk, random);
  return {
    ChamberOfCommerce: random.chance(0.68) ? filled(kvk) : undefined,
    VATNumber: random.chance(0.6) ? filled(writtenVat(party.vat, random)) : undefined,
  };
}

function writtenKvk(kvk: string, random: Random): string {
  if (kvk === '') return '';
  if (random.chance(0.04)) return `${kvk.slice(0, 2)} ${kvk.slice(2, 5)} ${kvk.slice(5)}`;
  return random.chance(0.01) ? typo(kvk, random) : kvk;
}

function roleOf(party: Party, random: Random): Observation {
  const isBuyer = party.kind === 'person' || party.kind === 'public';
  const dice = random.next();
  if (dice < 0.06) return { Status: 'C', IsSupplier: true };
  if (dice < 0.08) return { Status: 'P', IsSupplier: false };
  const isCustomer = isBuyer ? dice < 0.97 : dice < 0.42;
  return isCustomer ? { Status: 'C', IsSupplier: false } : { Status: 'A', IsSupplier: true };
}

function lifeOf(random: Random, today: number): Observation {
  const start = today - (200 + random.int(3_500)) * DAY_MS;
  const dice = random.next();
  if (dice < 0.03) return { StartDate: start, EndDate: undefined, Blocked: true };
  if (dice < 0.065)
    return { StartDate: start, EndDate: today - (10 + random.int(180)) * DAY_MS, Blocked: undefined };
  if (dice < 0.07)
    return { StartDate: start, EndDate: today + (30 + random.int(700)) * DAY_MS, Blocked: undefined };
  return { StartDate: start, EndDate: undefined, Blocked: undefined };
}

function termsOf(party: Party, random: Random): Observation {
  const isForeign = party.vat !== '' && !party.vat.startsWith('NL');
  return {
    SearchCode: random.chance(0.3) ? party.name.replace(/\W/g, '').slice(0, 10).toUpperCase() : undefined,
    PaymentConditionSales: random.chance(0.7) ? random.pick(['30', '14', '30', '08']) : undefined,
    PaymentConditionPurchase: random.chance(0.5) ? random.pick(['30', '14']) : undefined,
    SalesVATCode: isForeign ? '7' : random.chance(0.25) ? random.pick(['2', '4', '6']) : undefined,
    PurchaseVATCode: undefined,
    Remarks: random.chance(0.06) ? random.pick(REMARKS) : undefined,
  };
}

function filled(text: string): string | undefined {
  return text === '' ? undefined : text;
}
