import { z } from 'zod';
import { ExactError } from '../errors.js';
import type { CallClass } from '../limits/budget.js';
import { flag, guid, int32, localTimestamp, reference, text } from '../odata/fields.js';
import { literal } from '../odata/literals.js';
import type { Zone } from '../odata/zone.js';
import type { Context } from '../request.js';
import { publicPage, readPage, type Page } from './page.js';

/** `IBAN` is derived by Exact; `Main` is the one that payments use. */
export function bankAccountSchema(zone: Zone) {
  return z.object({
    ID: guid,
    Division: int32,
    Account: reference,
    BankAccount: text,
    IBAN: text,
    BICCode: text,
    BankAccountHolderName: text,
    Description: text,
    Main: flag,
    Blocked: flag,
    Modified: localTimestamp(zone),
  });
}
/** A relation's bank account. */
export type BankAccount = z.output<ReturnType<typeof bankAccountSchema>>;

/** No row versions exist for these, so changes are found by `Modified`: rows near the mark come again, the reader replaces by `ID`. */
export interface ModifiedCursor {
  /** Where this run started: `lastModified` of the last page of the run before, an ISO instant; absent for everything. */
  readonly modifiedFrom?: string | undefined;
  /** Within a run: the last page's `next` and `lastModified`. Pages are not in the order of `Modified`, so the mark counts only at the end. */
  readonly next?: string | undefined;
  readonly lastModified?: string | undefined;
  readonly class: CallClass;
}

/** One page of what changed since a moment. */
export interface ModifiedPage<T> extends Page<T> {
  /**
   * The highest `Modified` of the run up to here. Once this page is the last one the next run starts from it, or from the moment that this run
   * began when that was earlier: what came in behind it is older than what later pages say.
   */
  readonly lastModified: string | undefined;
}

const OVERLAP_MS = 300_000;
const REPEATED_HOUR_MS = 3_600_000;
const BEGINNING = '1990-01-01T00:00:00';

export function createBankAccounts(context: Context) {
  const resource = { endpoint: 'crm/BankAccounts', schema: bankAccountSchema(context.zone) };
  return {
    async bankAccountsPage(division: number, cursor: ModifiedCursor): Promise<ModifiedPage<BankAccount>> {
      const { modifiedFrom, next } = cursor;
      const query = { $filter: `Modified ge ${literal.datetime(watermark(context.zone, modifiedFrom))}` };
      const page = await readPage(context, resource, { division, class: cursor.class, query, next });
      const lastModified = page.rows.reduce<string | undefined>(
        (last, { Modified: at }) => (at !== null && (last === undefined || at > last) ? at : last),
        cursor.lastModified ?? modifiedFrom,
      );
      return { ...publicPage(page), lastModified };
    },
  };
}

/**
 * The server's wall clock to filter from. "Greater or equal", minus an overlap, since rows share a second (E10); and an hour more where
 * the clock is set back, because a later change then has an earlier `Modified`.
 */
export function watermark(zone: Zone, modifiedFrom: string | undefined): string {
  if (modifiedFrom === undefined) return BEGINNING;
  const at = Date.parse(modifiedFrom);
  if (Number.isNaN(at))
    throw new ExactError({ kind: 'validation', message: 'modifiedFrom is no instant', status: 0 });
  const offset = (instant: number) => zone.toWall(instant) - instant;
  const isSetBack = offset(at + 2 * REPEATED_HOUR_MS) < offset(at - 2 * REPEATED_HOUR_MS);
  const wall = zone.toWall(at) - OVERLAP_MS - (isSetBack ? REPEATED_HOUR_MS : 0);
  return new Date(wall).toISOString().slice(0, 19);
}
