import type { MatchRecord } from './match-record.js';
import { normaliseAddress, type NormalisedAddress } from './normalise-address.js';
import {
  normaliseIban,
  normaliseKvk,
  normaliseKvkBranch,
  normaliseRsin,
  normaliseVat,
  type VatNumber,
} from './normalise-identifiers.js';
import { normaliseNames, type NormalisedName } from './normalise-name.js';
import { domainOfEmail, normaliseEmail, normalisePhone, normaliseWebsite } from './normalise-reach.js';
import { foldText } from './normalise-text.js';

/** How many different name stems use this record's value, per kind; 1 when nobody else does. */
export interface SharedCounts {
  readonly phone: number;
  readonly mail: number;
  readonly domain: number;
  readonly address: number;
  /** One number for each of the record's accounts, in their order; a missing one is 1. */
  readonly ibans: readonly number[];
}

/** Nobody else uses any value of the record: how every record starts. */
export const exclusive: SharedCounts = { phone: 1, mail: 1, domain: 1, address: 1, ibans: [] };

/** A record in comparison form. What is empty or filler in the source is null here and is no evidence at all. */
export interface Features {
  readonly id: string;
  readonly administrationId: string;
  readonly code: string;
  readonly isOwnCompany: boolean;
  /** The name first, then trade names and former names; empty when the record names nobody. Read again when group words were learnt (regroup.ts). */
  names: readonly NormalisedName[];
  readonly kvk: string | null;
  readonly branch: string | null;
  readonly vat: VatNumber | null;
  /** The RSIN as given, or the root of a legal entity's Dutch VAT number. */
  readonly rsin: string | null;
  readonly ibans: readonly string[];
  readonly email: string | null;
  readonly phone: string | null;
  /** Company domain of the website, else of the e-mail address. */
  readonly domain: string | null;
  readonly address: NormalisedAddress;
  /** Identifies one address: postcode, house number and addition; null when not known that well. */
  readonly addressKey: string | null;
  /** Filled in once all records are known; see exclusivity.ts. */
  shared: SharedCounts;
}

const ibansMax = 8;
const noIbans: readonly string[] = [];

/** Normalises a record. Pure: the same record always gives the same features. */
export function toFeatures(record: MatchRecord): Features {
  const address = normaliseAddress(record);
  const country = address.country;
  const vat = normaliseVat(record.vat, country);
  const email = normaliseEmail(record.email);
  const domain = normaliseWebsite(record.website) ?? domainOfEmail(email);
  return {
    id: record.id,
    administrationId: record.administrationId,
    code: foldText(record.code),
    isOwnCompany: record.isOwnCompany,
    names: namesOf(record, address.city),
    kvk: normaliseKvk(record.kvk),
    branch: normaliseKvkBranch(record.kvk),
    vat,
    rsin: normaliseRsin(record.rsin) ?? (vat?.kind === 'entity' ? vat.root : null),
    ibans: uniqueIbans(record.ibans),
    email,
    phone: normalisePhone(record.phone, country),
    domain,
    address,
    addressKey: address.key,
    shared: exclusive,
  };
}

function namesOf(record: MatchRecord, city: string): readonly NormalisedName[] {
  const kind = record.kind ?? null;
  const names = normaliseNames(record.name, city, kind);
  if (!record.tradeName) return names;
  const known = new Set(names.map((name) => name.stem));
  return [...names, ...normaliseNames(record.tradeName, city, kind).filter((name) => !known.has(name.stem))];
}

function uniqueIbans(texts: readonly string[]): readonly string[] {
  if (texts.length === 0) return noIbans;
  const ibans = texts
    .slice(0, ibansMax)
    .map(normaliseIban)
    .filter((iban) => iban !== null);
  return ibans.length < 2 ? ibans : [...new Set(ibans)].sort();
}
