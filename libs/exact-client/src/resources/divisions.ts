import { z } from 'zod';
import type { CallClass } from '../limits/budget.js';
import { currentMeUrl, divisionUrl } from '../odata/address.js';
import { unwrapFlag } from '../odata/envelope.js';
import {
  calendarDate,
  flag,
  guid,
  int32,
  int64,
  localTimestamp,
  requiredText,
  text,
} from '../odata/fields.js';
import { literal } from '../odata/literals.js';
import type { Zone } from '../odata/zone.js';
import { send, type Context } from '../request.js';
import { onlyRow } from './one.js';
import { publicPage, readPage, selectOf, type Page } from './page.js';

export const meSchema = z.object({
  UserID: guid,
  /** Follows whatever the user opened last, in a browser or through the API; good for one thing: asking for the list of divisions (E06). */
  CurrentDivision: z.number('is no number').int(),
  /** The administration that the user's own accountant keeps, or none. */
  AccountingDivision: z.number('is no number').int().nullable(),
  UserName: text,
  FullName: text,
  Email: text,
  LanguageCode: text,
  DivisionCustomerCode: text,
  DivisionCustomerName: text,
  PackageCode: text,
  /** Seconds that the server's wall clock, and so every `Modified`, is ahead of UTC at this moment. */
  ServerUtcOffset: z.number('is no number').nullable(),
});
/** The user behind the token. */
export type Me = z.output<typeof meSchema>;

const STATUSES = ['inactive', 'active', 'archived'] as const;
const BLOCKINGS = [
  'not-blocked',
  'backup-or-restore',
  'conversion-busy',
  'conversion-shadow',
  'conversion-waiting',
  'copy-data-waiting',
  'copy-data-busy',
] as const;

/** Of `system/Divisions`; `hrm/Divisions` uses opposite numbers and is not read here. */
export type DivisionStatus = (typeof STATUSES)[number] | 'unknown';
/** Why an administration cannot be read now; a new one is being filled during `copy-data-*`. */
export type DivisionBlocking = (typeof BLOCKINGS)[number] | 'unknown';

export function divisionSchema(zone: Zone) {
  return z.object({
    Code: z.number('is no number').int().positive('is no division'),
    /** Codes above ten million are not centrally given out; with region and customer this one is unique. */
    Hid: int64.nullable(),
    Description: requiredText,
    Customer: guid.nullable(),
    CustomerCode: text,
    CustomerName: text,
    Status: int32.transform((value): DivisionStatus => STATUSES[value ?? -1] ?? 'unknown'),
    BlockingStatus: int32.transform((value): DivisionBlocking => BLOCKINGS[value ?? -1] ?? 'unknown'),
    Country: text,
    Currency: text,
    Legislation: text,
    ChamberOfCommerceNumber: text,
    VATNumber: text,
    City: text,
    IsMainDivision: flag,
    IsHRDivision: flag,
    IsDossierDivision: flag,
    IsPracticeDivision: flag,
    TemplateCode: text,
    StartDate: calendarDate,
    ArchiveDate: calendarDate,
    /** When either of these two changes, all row versions were made anew: read everything again (E10). */
    DivisionMoveDate: calendarDate,
    DivisionHRLinkUnlinkDate: calendarDate,
    Created: localTimestamp(zone),
    Modified: localTimestamp(zone),
  });
}
/** An administration as the user may see it. */
export type Division = z.output<ReturnType<typeof divisionSchema>>;

/** The rights that can be asked for. */
export type RightsAction = 'GET' | 'POST' | 'PUT' | 'DELETE';

export function createDivisions(context: Context) {
  const resource = { endpoint: 'system/Divisions', schema: divisionSchema(context.zone) };
  return {
    async me(callClass: CallClass = 'interactive'): Promise<Me> {
      const url = currentMeUrl(context.baseUrl, { $select: selectOf(meSchema) });
      const call = {
        method: 'GET',
        url,
        division: undefined,
        endpoint: 'current/Me',
        class: callClass,
      } as const;
      return onlyRow(meSchema, await send(context, { ...call, expects: 'json' }));
    },
    async *divisions(
      currentDivision: number,
      callClass: CallClass = 'interactive',
    ): AsyncGenerator<Page<Division>> {
      let next: string | undefined;
      do {
        const page = await readPage(context, resource, { division: currentDivision, class: callClass, next });
        yield publicPage(page);
        next = page.next;
      } while (next !== undefined); // Bounded by PAGES_MAX in the link itself.
    },
    /** One division as it is listed; undefined when it is listed no more, which is no error. */
    async division(code: number, callClass: CallClass = 'interactive'): Promise<Division | undefined> {
      const query = { $filter: `Code eq ${code}` };
      const page = await readPage(context, resource, { division: code, class: callClass, query });
      return page.rows.find((row) => row.Code === code);
    },
    async userHasRights(
      division: number,
      { endpoint, action }: { readonly endpoint: string; readonly action: RightsAction },
      callClass: CallClass = 'interactive',
    ): Promise<boolean> {
      const query = { endpoint: literal.text(endpoint), action: literal.text(action) };
      const path = 'users/UserHasRights';
      const url = divisionUrl({ baseUrl: context.baseUrl, division }, path, query);
      const call = { method: 'GET', url, division, endpoint: path, class: callClass } as const;
      return unwrapFlag(await send(context, { ...call, expects: 'json' }));
    },
  };
}
