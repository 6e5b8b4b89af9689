import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceRelationId } from '@koppel/domain/kernel';
import { AskedPlaces } from './asked-places.js';
import { bucketOf, forEachEntry, packKeys, type HashedKeys } from './packed-keys.js';
import { NumberedIds, SharersFound, SharersOfPlace } from './sharers-found.js';

const bounds = { sharersMax: 3, crowdMax: 2, limit: 4 };

const idOf = (n: number) =>
  `${n.toString(16).padStart(8, '0')}-0000-7000-8000-${(n * 7_919).toString(16).padStart(12, '0')}` as SourceRelationId;

/** A few keys that many have; two of each three in another bucket. */
const keyOf = (n: number) => (n % 3) * 2 ** 45 + n;

const accounts = fc.uniqueArray(
  fc.record({ id: fc.nat(40), keys: fc.uniqueArray(fc.nat(8).map(keyOf), { maxLength: 6 }) }),
  { selector: ({ id }) => id, maxLength: 25 },
);

function found(stored: readonly HashedKeys[], asking: readonly HashedKeys[]) {
  const asked = new AskedPlaces(asking);
  const ids = new NumberedIds();
  const all = new SharersFound(asking.length, ids);
  const packed = new Map(packKeys(stored).map(({ bucket, entries }) => [bucket, entries]));
  for (const bucket of asked.buckets())
    for (const [low, askers] of asked.askersIn(bucket)) {
      const sharers = new SharersOfPlace(ids, bounds);
      // Each comes up twice: entries may stand there under two runs.
      for (let time = 0; time < 2; time += 1)
        forEachEntry(packed.get(bucket) ?? Buffer.alloc(0), (other, at) => {
          if (other === low) sharers.add(packed.get(bucket) as Buffer, at);
        });
      all.add(askers, sharers);
    }
  return asking.map(({ sourceRelationId }, asker) => all.besides(asker, sourceRelationId, bounds.limit));
}

function bySimplestMeans(stored: readonly HashedKeys[], { sourceRelationId: own, hashes }: HashedKeys) {
  const times = new Map<string, number>();
  const crowd = new Set<string>();
  for (const hash of hashes) {
    const sharers = stored.filter((one) => one.hashes.includes(hash)).map((one) => one.sourceRelationId);
    if (sharers.length > bounds.sharersMax)
      for (const id of sharers.sort().slice(0, bounds.crowdMax)) crowd.add(id);
    else for (const id of sharers) times.set(id, (times.get(id) ?? 0) + 1);
  }
  times.delete(own);
  crowd.delete(own);
  const near = [...times].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return {
    near: near
      .slice(0, bounds.limit)
      .map(([id]) => id)
      .sort(),
    crowd: [...crowd].sort(),
  };
}

describe('who shares keys', () => {
  it('is who a search through all would find, of a crowd the first by id, of too many who share most', () => {
    fc.assert(
      fc.property(accounts, accounts, (stored, asking) => {
        const hashed = (some: typeof stored) =>
          some.map(({ id, keys }) => ({ sourceRelationId: idOf(id), hashes: keys }));
        const [there, those] = [hashed(stored), hashed(asking)];
        expect(found(there, those)).toEqual(those.map((one) => bySimplestMeans(there, one)));
      }),
      { numRuns: 500 },
    );
  });

  it('is asked for bucket by bucket, each key once with all who ask', () => {
    const [one, other] = [1, 2].map((n) => ({ sourceRelationId: idOf(n), hashes: [keyOf(1), keyOf(n)] }));
    const asked = new AskedPlaces([one, other].flatMap((known) => known ?? []));
    expect(asked.buckets()).toEqual([bucketOf(keyOf(1)), bucketOf(keyOf(2))]);
    expect([...asked.askersIn(bucketOf(keyOf(2))).values()]).toEqual([[1]]);
  });

  it('knows no account by a number that was not given out', () => {
    expect(() => new NumberedIds().idOf(0)).toThrow(RangeError);
  });
});
