import { isUncoupled, type Administration } from '../administrations/index.js';
import type { AccountRow } from './source-rows.js';

/** Says of an account whether it stands for one of our own administrations (product.md 3.15). */
export type IsOwnCompany = (row: AccountRow) => boolean;

const digitsOnly = (text: string) => text.replace(/\D/g, '');
const vatKey = (text: string) => text.replace(/[^0-9A-Za-z]/g, '').toUpperCase();

/** An account is an own company by its type, or by the KvK or VAT number of an administration that takes part. */
export function ownCompaniesOf(administrations: readonly Administration[]): IsOwnCompany {
  const taking = administrations.filter((each) => !isUncoupled(each.state));
  const kvks = new Set(taking.flatMap((each) => digitsOnly(each.kvk ?? '') || []));
  const vats = new Set(taking.flatMap((each) => vatKey(each.vat ?? '') || []));
  return (row) =>
    row.isDivisionAccount ||
    kvks.has(digitsOnly(row.fields.shared.kvk ?? '')) ||
    vats.has(vatKey(row.fields.shared.vat ?? ''));
}
