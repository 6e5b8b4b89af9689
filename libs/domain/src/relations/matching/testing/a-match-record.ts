import type { MatchRecord } from '../match-record.js';

const nothing: MatchRecord = {
  id: 'record',
  administrationId: 'A',
  code: null,
  name: '',
  kvk: null,
  vat: null,
  ibans: [],
  email: null,
  phone: null,
  website: null,
  addressLine1: null,
  postcode: null,
  city: null,
  country: null,
  isBlocked: false,
  isOwnCompany: false,
};

/** A record that knows nothing but what the spec is about. */
export function aMatchRecord(known: Partial<MatchRecord>): MatchRecord {
  return { ...nothing, ...known };
}
