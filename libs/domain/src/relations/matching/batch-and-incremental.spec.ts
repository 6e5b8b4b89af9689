import { describe, expect, it } from 'vitest';
import {
  candidateKeys,
  clusterRecords,
  compareAll,
  compareOne,
  comparePair,
  countStems,
  nothingLearnt,
  readLearntModel,
  sharedKey,
  sharedValues,
  type LearntModel,
  type MatchContext,
  type MatchRecord,
  type PairVerdict,
} from './index.js';
import { aMatchRecord } from './testing/a-match-record.js';
import { aBuildingGroup, shuffled } from './testing/a-building-group.js';

const records = aBuildingGroup(700, 7);
const batch = compareAll(records);

/** As it comes back from a database. */
const learnt = readLearntModel(JSON.parse(JSON.stringify(batch.learnt))) ?? nothingLearnt;

function contextOf(model: LearntModel, all = records): MatchContext {
  const stems = new Map<string, Set<string>>();
  for (const record of all) {
    for (const { kind, value, stem } of sharedValues(record, model)) {
      const key = sharedKey(kind, value);
      stems.set(key, (stems.get(key) ?? new Set()).add(stem));
    }
  }
  const counts = new Map([...stems].map(([key, of]) => [key, countStems(of)]));
  return { learnt: model, stemsUsing: (kind, value) => counts.get(sharedKey(kind, value)) ?? 1 };
}

/**
 * One record after the other: looked up by its keys and compared with who shares one; then those that verdicts tie to it,
 * directly or through others, are grouped anew. All others stay as they are.
 */
function oneByOne(order: readonly MatchRecord[], context: MatchContext): string[][] {
  const users = new Map<number, MatchRecord[]>();
  const tiedTo = new Map<string, Set<MatchRecord>>();
  const groupOf = new Map<string, readonly string[]>();
  for (const record of order) {
    const keys = candidateKeys(record);
    const candidates = [...new Set(keys.flatMap((key) => users.get(key) ?? []))];
    for (const key of keys) users.set(key, [...(users.get(key) ?? []), record]);
    const worthALook = new Set(
      compareOne(record, candidates, context)
        .filter(({ band }) => band !== 'separate')
        .map(({ a, b }) => (a === record.id ? b : a)),
    );
    const tied = candidates.filter(({ id }) => worthALook.has(id));
    tiedTo.set(record.id, new Set(tied));
    for (const { id } of tied) tiedTo.get(id)?.add(record);
    const reached = reachableFrom(record, tiedTo);
    for (const { id } of reached) groupOf.delete(id);
    for (const { members } of compareAll(reached, context).clusters)
      for (const id of members) groupOf.set(id, members);
  }
  return [...new Set(groupOf.values())].map((group) => [...group]);
}

function reachableFrom(
  record: MatchRecord,
  tiedTo: ReadonlyMap<string, ReadonlySet<MatchRecord>>,
): readonly MatchRecord[] {
  const reached = new Set([record]);
  for (const one of reached) for (const other of tiedTo.get(one.id) ?? []) reached.add(other);
  return [...reached];
}

function inOrder(groups: readonly (readonly string[])[]): string[] {
  return groups
    .filter(({ length }) => length > 1)
    .map((group) => group.join())
    .sort();
}

const sides = ['a', 'b'] as const;
const otherForms = sides.map((side) =>
  aMatchRecord({
    ...{ id: `f-${side}`, administrationId: side, name: `Lumiraket ${side === 'a' ? 'B.V.' : 'V.O.F.'}` },
    email: 'info@lumiraket.example',
  }),
);
const moved = sides.map((side) =>
  aMatchRecord({
    ...{ id: `m-${side}`, administrationId: side, name: 'Tozenvira B.V.', ibans: ['NL91ABNA0417164300'] },
    ...(side === 'a'
      ? { postcode: '3811AB', city: 'Amersfoort' }
      : { postcode: '9711CD', city: 'Groningen' }),
    addressLine1: side === 'a' ? 'Dorpsstraat 1' : 'Havenkade 9',
  }),
);

describe('a comparison of everything and comparisons one by one', () => {
  it('have something to learn here: more than 600 names, and a word that tells sister companies apart', () => {
    expect(learnt.stems).toBeGreaterThan(600);
    expect(learnt.groupWords).toEqual(['horeca']);
    expect(learnt.words['glas']).toBeGreaterThan(20);
  });

  it('give the same verdict on every pair, and another one without what was learnt', () => {
    const context = contextOf(learnt);
    const byId = new Map(records.map((record) => [record.id, record]));
    const recordOf = (id: string): MatchRecord => byId.get(id) as MatchRecord; // ids of these records
    const verdicts: PairVerdict[] = [];
    clusterRecords(records, { band: 'auto', onVerdict: (verdict) => verdicts.push(verdict) });

    expect(verdicts.length).toBeGreaterThan(1_000);
    for (const verdict of verdicts)
      expect(comparePair(recordOf(verdict.a), recordOf(verdict.b), context)).toEqual(verdict);
    const { stemsUsing } = context;
    const blind = verdicts.filter(
      ({ a, b, score }) =>
        comparePair(recordOf(a), recordOf(b), stemsUsing ? { stemsUsing } : {}).score !== score,
    );
    expect(blind.length).toBeGreaterThan(100);
  });

  it('make the same groups in every order of the records', () => {
    const context = contextOf(learnt);
    const expected = inOrder(batch.clusters.map(({ members }) => members));

    expect(expected.length).toBeGreaterThan(400);
    for (const seed of [1, 2, 3])
      expect(inOrder(oneByOne(shuffled(records, seed), context))).toEqual(expected);
  });

  it('give the same verdicts and groups with what answers released, both ways', () => {
    const taught = { ...learnt, released: { 'aside/form': 99, 'hold-other-address': 3 } };
    const all = [...records, ...otherForms, ...moved];
    const context = contextOf(taught, all);
    const byId = new Map(all.map((record) => [record.id, record]));
    const recordOf = (id: string): MatchRecord => byId.get(id) as MatchRecord; // ids of these records
    const untaught = compareAll(all, { learnt });
    const { clusters, proposals, setAside } = compareAll(all, { learnt: taught });

    expect(inOrder(clusters.map(({ members }) => members))).toContain('m-a,m-b');
    expect(untaught.proposals.length - proposals.length).toBeGreaterThanOrEqual(2);
    expect(comparePair(recordOf('m-a'), recordOf('m-b'), context).band).toBe('automatic');
    expect(comparePair(recordOf('f-a'), recordOf('f-b'), context).band).toBe('separate');
    expect(comparePair(recordOf('f-a'), recordOf('f-b'), contextOf(learnt, all)).band).toBe('ask');
    for (const verdict of proposals)
      expect(comparePair(recordOf(verdict.a), recordOf(verdict.b), context).band).not.toBe('separate');
    expect(setAside.map(({ a, b }) => `${a},${b}`)).toContain('f-a,f-b');
    for (const verdict of setAside)
      expect(comparePair(recordOf(verdict.a), recordOf(verdict.b), context)).toEqual(verdict);
    expect(inOrder(oneByOne(shuffled(all, 1), context))).toEqual(
      inOrder(clusters.map(({ members }) => members)),
    );
  });

  it('learn the same in every order, and a batch given a model learns nothing else', () => {
    for (const seed of [1, 2, 3]) expect(compareAll(shuffled(records, seed)).learnt).toEqual(batch.learnt);
    expect(compareAll(records, { learnt })).toEqual(batch);
    expect(compareAll(records.slice(0, 20), { learnt }).learnt).toEqual(learnt);
  });
});
