import { asId, ok, type TenantId } from '@koppel/domain/kernel';
import type { CallPurpose, PageRequest, RelationSource } from '@koppel/domain/sync';
import { describe, expect, it } from 'vitest';
import { depsGivingWay, sourceGivingWay } from './give-way.js';
import { Precedence } from './precedence.js';

/** A precedence over a clock that moves by sleeping only; `at` runs something when the clock has come so far. */
function aPrecedence() {
  let now = 0;
  const due: { readonly ms: number; readonly run: () => void }[] = [];
  const precedence = new Precedence({
    uptime: () => now,
    sleep: async (ms) => {
      now += ms;
      for (const { run } of due.filter((one) => one.ms <= now && one.ms > now - ms)) run();
      await Promise.resolve();
    },
  });
  return { precedence, uptime: () => now, at: (ms: number, run: () => void) => void due.push({ ms, run }) };
}

describe('precedence (F95)', () => {
  it('lets a first coupling go on at once when no resync is under way', async () => {
    const { precedence, uptime } = aPrecedence();
    await precedence.giveWay();
    expect(uptime()).toBe(0);
  });

  it('lets it wait until the resync has ended and no next part of it came', async () => {
    const { precedence, uptime, at } = aPrecedence();
    const resync = Promise.withResolvers<void>();
    const done = precedence.duringResync(() => resync.promise);
    at(100, resync.resolve);
    await precedence.giveWay();
    await done;
    expect(uptime()).toBeGreaterThanOrEqual(400);
    expect(uptime()).toBeLessThan(500);
    await precedence.giveWay();
    expect(uptime()).toBeLessThan(500);
  });

  it('lets it wait for a resync that was announced', async () => {
    const { precedence, uptime } = aPrecedence();
    precedence.expectResync();
    await precedence.giveWay();
    expect(uptime()).toBe(300);
  });

  it('never lets it wait longer than half a second, however many resyncs come', async () => {
    const { precedence, uptime } = aPrecedence();
    void precedence.duringResync(() => new Promise<never>(() => undefined));
    await precedence.giveWay();
    expect(uptime()).toBe(500);
    await precedence.giveWay();
    expect(uptime()).toBe(1_000);
  });

  it('takes a resync that failed for ended', async () => {
    const { precedence, uptime } = aPrecedence();
    await expect(precedence.duringResync(() => Promise.reject(new Error('cut')))).rejects.toThrow('cut');
    await precedence.giveWay();
    expect(uptime()).toBe(300);
  });

  it('holds back pages of first couplings, before they are asked for and before they are stored, and no others', async () => {
    const { precedence, uptime } = aPrecedence();
    const askedAt: number[] = [];
    const source = sourceGivingWay(
      {
        fetchPage: async () => {
          askedAt.push(uptime());
          precedence.expectResync();
          return ok({ rows: { kind: 'accounts', rows: [] }, rejected: [], next: null, timestamp: '1' });
        },
      } as Pick<RelationSource, 'fetchPage'> as RelationSource, // counts are passed on unchanged
      precedence,
    );
    const page = (purpose: CallPurpose) => source.fetchPage({ purpose } as PageRequest); // all that is looked at
    await page('resync');
    expect([askedAt, uptime()]).toEqual([[0], 0]);
    await page('initial');
    expect([askedAt, uptime()]).toEqual([[0, 300], 600]);
  });

  it('holds back transactions of a first comparison', async () => {
    const { precedence, uptime } = aPrecedence();
    const uow = { run: <T>(_: TenantId, work: (tx: null) => Promise<T>) => work(null) };
    const deps = depsGivingWay({ uow, now: () => new Date(0), newId: () => '' }, precedence);
    precedence.expectResync();
    const begun = await deps.uow.run(asId<TenantId>('t'), async () => ok(uptime()));
    expect(begun).toEqual(ok(300));
  });
});
