import { accountFields } from '../resources/account-fields.js';
import { zoneOf } from '../odata/zone.js';

const NUL_FIELDS = Object.fromEntries(Object.keys(accountFields(zoneOf('UTC'))).map((key) => [key, null]));

/** A GUID that is easy to read in a failing test. */
export function aGuid(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/** An account as `sync/CRM/Accounts` sends it: every selected field present, padded and encoded as Exact does. */
export function anAccount(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    __metadata: {
      uri: 'https://start.exactonline.nl/api/v1/1/sync/CRM/Accounts(1L)',
      type: 'Exact.Web.Api.Models.Account',
    },
    ...NUL_FIELDS,
    Timestamp: '100',
    ID: aGuid(1),
    Division: 900001,
    Code: '                 1',
    Name: 'Jansen Bouw B.V.',
    Status: 'C',
    Type: 'A',
    IsSupplier: false,
    IsSales: true,
    Blocked: false,
    IsAnonymised: 0,
    Created: '/Date(1720008000000)/',
    Modified: '/Date(1720008000000)/',
    ...overrides,
  };
}
