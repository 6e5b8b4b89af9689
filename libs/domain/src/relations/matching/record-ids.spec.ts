import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordIds } from './record-ids.js';

function idsOf(some: readonly string[]): RecordIds {
  const ids = new RecordIds();
  for (const id of some) ids.push(id);
  return ids;
}

const uuid = fc.uuid();
const anyId = fc.oneof(
  uuid,
  fc.string(),
  uuid.map((id) => id.toUpperCase()),
  uuid.map((id) => `${id} `),
);
const lists = fc.oneof(
  fc.array(uuid),
  fc.array(anyId),
  fc.tuple(fc.array(uuid), anyId).map(([some, one]) => [...some, one]),
);

describe('RecordIds', () => {
  it('gives back every id as it was, UUIDs and others, and forgets them when they are taken', () => {
    fc.assert(
      fc.property(lists, (some) => {
        const ids = idsOf(some);
        expect(ids.length).toBe(some.length);
        expect(some.map((_, at) => ids.at(at))).toEqual(some);
        expect(ids.at(some.length)).toBe('');
        expect(ids.take()).toEqual(some);
        expect([ids.length, ids.at(0)]).toEqual([0, '']);
      }),
    );
  });

  it('orders and finds them as strings are', () => {
    fc.assert(
      fc.property(lists, anyId, (some, other) => {
        const ids = idsOf(some);
        const order = Int32Array.from(some.keys()).sort((one, two) => ids.compare(one, two));
        ids.reorder(order);
        const sorted = [...some].sort();
        expect(ids.toArray()).toEqual(sorted);
        for (const id of some) expect(sorted[ids.positionOf(id)]).toBe(id);
        expect(ids.positionOf(other)).toBe(sorted.indexOf(other));
      }),
    );
  });
});
