import { expect, it } from 'vitest';
import { asId, type SyncRunId } from '../kernel/index.js';
import type { KeysOfSource } from '../relations/index.js';
import { hashText } from '../relations/matching/index.js';
import { idOf } from './a-relations-world.js';
import { run, source } from './relation-port-rows.js';
import type { RelationPortsWorld } from './relation-ports.contract.js';

/** What every adapter of MatchKeys does. */
export function describeMatchKeys(world: () => RelationPortsWorld): void {
  const earlier = asId<SyncRunId>(idOf(799));
  const keysOf = (number: number, ...keys: string[]) => ({
    sourceRelationId: source(number),
    keys: keys.map((key) => hashText(key)),
  });
  const few = { sharersMax: 3, limit: 10, crowdMax: 2 };
  const sharersOf = async (of: KeysOfSource, bounds: { sharersMax?: number; limit?: number } = {}) => {
    const found = await world().matchKeys.findSharers([of], { ...few, ...bounds });
    return found.get(of.sourceRelationId)?.near;
  };

  it('finds the others that share a key, by id, and passes over keys that too many share', async () => {
    await world().matchKeys.putPortion(run, [
      keysOf(3, 'kvk:1', 'city:x'),
      keysOf(1, 'kvk:1', 'mail:a', 'city:x'),
      keysOf(2, 'mail:a', 'city:x'),
    ]);
    await world().matchKeys.addMany(run, [keysOf(4, 'city:x')]);

    expect(await sharersOf(keysOf(1, 'kvk:1', 'mail:a', 'city:x'))).toEqual([source(2), source(3)]);
    expect(await sharersOf(keysOf(1, 'kvk:1', 'mail:a'), { limit: 1 })).toEqual([source(2)]);
    expect(await sharersOf(keysOf(1))).toEqual([]);
    const two = [keysOf(3, 'kvk:1'), keysOf(9, 'mail:a')];
    expect(await world().matchKeys.findSharers(two, few)).toEqual(
      new Map([
        [source(3), { near: [source(1)], crowd: [] }],
        [source(9), { near: [source(1), source(2)], crowd: [] }],
      ]),
    );
  });

  it('brings up those that share most keys where that is more than a look-up takes', async () => {
    await world().matchKeys.putPortion(run, [
      keysOf(1, 'city:x'),
      keysOf(2, 'city:y', 'phone:1'),
      keysOf(3, 'city:y'),
      keysOf(4, 'phone:1', 'kvk:1', 'city:x'),
    ]);
    const of = keysOf(9, 'city:x', 'city:y', 'phone:1', 'kvk:1');

    expect(await sharersOf(of, { limit: 1 })).toEqual([source(4)]);
    expect(await sharersOf(of, { limit: 2 })).toEqual([source(2), source(4)]);
    expect(await sharersOf(of, { limit: 3 })).toEqual([source(1), source(2), source(4)]);
  });

  it('names some of those who share a key that too many have, apart', async () => {
    await world().matchKeys.putPortion(run, [
      keysOf(4, 'phone:1'),
      keysOf(3, 'phone:1'),
      keysOf(2, 'phone:1'),
      keysOf(1, 'phone:1', 'kvk:1'),
      keysOf(5, 'kvk:1'),
    ]);
    const one = keysOf(1, 'phone:1', 'kvk:1');

    expect(await world().matchKeys.findSharers([one], few)).toEqual(
      new Map([[source(1), { near: [source(5)], crowd: [source(2)] }]]),
    );
  });

  it('adds keys to those that are there, once', async () => {
    await world().matchKeys.addMany(run, [keysOf(1, 'kvk:1', 'kvk:1'), keysOf(2, 'kvk:1')]);
    await world().matchKeys.addMany(run, [keysOf(2, 'kvk:2', 'kvk:1')]);
    await world().matchKeys.putPortion(run, [keysOf(3, 'kvk:3', 'kvk:3')]);
    await world().matchKeys.putPortion(run, [keysOf(3, 'kvk:3', 'kvk:3')]);

    expect(await sharersOf(keysOf(1, 'kvk:1'), { sharersMax: 2 })).toEqual([source(2)]);
    expect(await sharersOf(keysOf(1, 'kvk:2'))).toEqual([source(2)]);
    expect(await sharersOf(keysOf(1, 'kvk:3'), { sharersMax: 1 })).toEqual([source(3)]);
  });

  it('forgets what earlier runs had, once a run has put all that count', async () => {
    await world().matchKeys.putPortion(earlier, [keysOf(1, 'kvk:1'), keysOf(2, 'kvk:1')]);
    await world().matchKeys.addMany(earlier, [keysOf(3, 'kvk:1')]);
    await world().matchKeys.putPortion(run, [keysOf(2, 'kvk:1')]);
    await world().matchKeys.forgetBefore(run);
    await world().matchKeys.forgetBefore(earlier);

    expect(await sharersOf(keysOf(9, 'kvk:1'))).toEqual([source(2)]);
  });
}
