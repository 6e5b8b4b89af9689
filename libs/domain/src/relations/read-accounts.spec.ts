import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asId } from '../kernel/index.js';
import type { CompareDeps, CompareRun } from './compare-command.js';
import type { MatchRecord } from './matching/index.js';
import { readAccounts } from './read-accounts.js';

const lost = new Error('the connection was lost');
let fail: () => void;
let failing: Promise<void>;

/** Gives one page and loses the connection at the next. */
const deps = {
  uow: {
    run: (_tenant: unknown, work: (tx: unknown) => unknown) =>
      work({
        sourceRelations: {
          findRecords: (after: string | null): Promise<Partial<MatchRecord>[]> =>
            after === null ? Promise.resolve([{ id: 'one' }]) : (fail(), Promise.reject(lost)),
        },
      }),
  },
} as unknown as CompareDeps; // reading takes nothing else
const command = { tenantId: asId('tenant') } as CompareRun;
const meter = { advance: () => Promise.resolve(), end: () => Promise.resolve() };

describe('readAccounts', () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);
  beforeEach(() => {
    ({ promise: failing, resolve: fail } = Promise.withResolvers<void>());
    process.on('unhandledRejection', note);
  });
  afterEach(() => process.off('unhandledRejection', note));

  it('gives the failure of a page that is read ahead to whoever asks for that page, and to nobody before', async () => {
    const pages = readAccounts(deps, command, { meter, scope: null });
    expect((await pages.next()).value).toEqual([{ id: 'one' }]);
    await failing; // the page is worked on, while the next one fails
    await setImmediate(); // a rejection that nobody handled is told before the next turn
    await expect(pages.next()).rejects.toBe(lost);
    expect(unhandled).toEqual([]);
  });
});
