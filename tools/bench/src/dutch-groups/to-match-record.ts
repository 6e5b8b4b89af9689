import type { MatchRecord } from '@koppel/domain/matching';
import type { LabelledRow } from './party.js';

/** A generated row as the engine gets it. */
export function toMatchRecord(row: LabelledRow): MatchRecord {
  return {
    id: row.id,
    administrationId: row.administration,
    code: null,
    name: row.name,
    kind: row.kind === 'person' ? 'person' : 'company',
    kvk: row.kvk || null,
    vat: row.vat || null,
    ibans: row.iban ? [row.iban] : [],
    email: row.email || null,
    phone: row.phone || null,
    website: row.website || null,
    addressLine1: `${row.street} ${row.houseNumber}`.trim() || null,
    postcode: row.postcode || null,
    city: row.city || null,
    country: row.country || null,
    isBlocked: false,
    isOwnCompany: false,
  };
}
