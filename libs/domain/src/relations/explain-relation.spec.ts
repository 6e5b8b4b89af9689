import { beforeEach, describe, expect, it } from 'vitest';
import { asId } from '../kernel/index.js';
import { anAddress, aRelationsWorld, aSourceRelation, idOf, type RelationsWorld } from '../testing/index.js';
import { decideProposal } from './decide-proposal.js';
import { explainRelation, type JoinedPair } from './explain-relation.js';
import type { SharedValues } from './fields.js';
import { shownVersion } from './proposal.js';

const oak = { name: 'De Eik B.V.', kvk: '99000031', address: anAddress('Kade 9') };

describe('why the accounts of a relation are one', () => {
  let world: RelationsWorld;
  beforeEach(() => {
    world = aRelationsWorld(3);
  });

  const account = (id: number, company: number, shared: Partial<SharedValues>) =>
    aSourceRelation({
      id: idOf(id),
      administrationId: world.companies[company]!.id, // there are three
      shared,
    });
  const explain = async (id: number): Promise<JoinedPair[]> => [
    ...(await explainRelation(world, (await world.relationOf(idOf(id))).id)).pairs,
  ];
  const idsOf = (pairs: readonly JoinedPair[]) => pairs.map(({ one, other }) => [one.id, other.id]);
  const keysOf = (pair: JoinedPair | undefined) => pair?.verdict.reasons.map(({ key }) => key) ?? [];

  it('is told of every account that was joined by itself, with weights that add up to the score', async () => {
    await world.sync([account(1, 0, oak), account(2, 1, oak), account(3, 2, { ...oak, address: null })], {
      runKind: 'initial',
    });

    const pairs = await explain(1);

    expect(idsOf(pairs)).toEqual([
      [idOf(1), idOf(2)],
      [idOf(1), idOf(3)],
    ]);
    for (const { verdict } of pairs) {
      expect(verdict.band).toBe('automatic');
      expect(verdict.reasons.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(verdict.score, 9);
      expect(verdict.reasons.map(({ key }) => key)).toContain('kvk-equal');
    }
  });

  it('is told of a hundred accounts at most, and says how many more there are', async () => {
    await world.sync([account(1, 0, oak)], { runKind: 'initial' });
    const { id: relationId } = await world.relationOf(idOf(1));
    const more = Array.from({ length: 120 }, (_, n) => account(n + 2, n % 3, { name: `Eik ${n}` }));
    for (const source of more) world.sourceRelations.put(source, asId(idOf(801)), []);
    const [link] = await world.links.findOfSources([asId(idOf(1))]);
    await world.links.putMany(more.map((source) => ({ ...link!, sourceRelationId: source.id }))); // it has one

    const { pairs, untold } = await explainRelation(world, relationId);

    expect(pairs).toHaveLength(99);
    expect(untold).toBe(21);
  });

  it('names an account that came by a resync beside the one that it fits', async () => {
    await world.sync([account(1, 0, oak)], { runKind: 'initial' });
    await world.sync([account(2, 1, oak)]);

    expect(idsOf(await explain(2))).toEqual([[idOf(1), idOf(2)]]);
  });

  it('tells what a person decided, and what speaks against it', async () => {
    const vlier = { ...oak, name: 'Zonnevlier Advies B.V.', phone: '0201234567', email: 'post@vlier.test' };
    await world.sync([account(1, 0, vlier), account(2, 1, { ...vlier, kvk: '99000099' })], {
      runKind: 'initial',
    });
    const [asked] = world.proposals.open();
    const { id: proposalId, relationA, relationB } = asked!; // one veto, one question
    const version = shownVersion(asked!, await world.relations.findMany([relationA, relationB]));
    await decideProposal(world.deps, {
      ...{ tenantId: world.tenantId, proposalId, version, verdict: 'same' },
      actor: { id: 'u1', name: 'Anna', kind: 'person' },
    });

    const [pair, ...more] = await explain(1);

    expect(more).toEqual([]);
    expect(keysOf(pair)).toContain('judged-same');
    expect(pair?.verdict.vetoes.map(({ key }) => key)).toEqual(['veto-kvk']);
  });

  it('counts a value among all who use it, not among the accounts of the relation alone', async () => {
    const phone = '0201234567';
    const others = ['Vlier', 'Hoekstra', 'Tozen', 'Lumiri'].map((name, at) =>
      account(10 + at, 2, { name: `${name} Advies B.V.`, phone }),
    );
    await world.sync([account(1, 0, { ...oak, phone }), account(2, 1, { ...oak, phone }), ...others], {
      runKind: 'initial',
    });

    const [pair] = await explain(1);

    expect(pair?.verdict.reasons.find(({ key }) => key === 'phone-equal-shared')?.params).toMatchObject({
      companies: 5,
    });
  });

  it('has nothing to tell of a relation of one account', async () => {
    await world.sync([account(1, 0, oak)], { runKind: 'initial' });

    expect(await explain(1)).toEqual([]);
  });
});
