import type { NormalisedAddress } from './normalise-address.js';
import type { VatNumber } from './normalise-identifiers.js';
import type { NormalisedName } from './normalise-name.js';

/** How many different name stems use this record's value, per kind; 1 when nobody else does. */
export interface SharedCounts {
  readonly phone: number;
  readonly mail: number;
  readonly domain: number;
  readonly address: number;
  readonly kvk: number;
  /** One number for each of the record's accounts, in their order; a missing one is 1. */
  readonly ibans: readonly number[];
}

/** Nobody else uses any value of the record: how every record starts. */
export const exclusive: SharedCounts = { phone: 1, mail: 1, domain: 1, address: 1, kvk: 1, ibans: [] };

/** A record in comparison form, as the rules of a schema give it. What is empty or filler in the source is null here and is no evidence at all. */
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
