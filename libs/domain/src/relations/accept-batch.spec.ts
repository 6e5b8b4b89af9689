import { beforeEach, describe, expect, it } from 'vitest';
import { type Actor } from '../kernel/index.js';
import { aRelationsWorld, aSourceRelation, idOf, type RelationsWorld } from '../testing/index.js';
import { acceptBatch } from './accept-batch.js';
import { decideProposal } from './decide-proposal.js';
import { editRelation } from './edit-relation.js';
import { shownVersion } from './proposal.js';
import { undoBatch } from './undo-batch.js';

const anna: Actor = { id: 'u1', name: 'Anna', kind: 'person' };
const batchId = idOf(900);

describe('a batch of pairs', () => {
  let world: RelationsWorld;
  let seenAt: Date;
  beforeEach(async () => {
    world = aRelationsWorld(3, { state: 'coupling' });
    const account = (id: number, company: number, name: string, kvk: string) =>
      aSourceRelation({
        id: idOf(id),
        administrationId: world.companies[company]!.id, // there are three
        shared: { name, kvk },
      });
    const accounts = [
      account(1, 0, 'De Eik B.V.', '99000031'),
      account(2, 1, 'De Eik B.V.', '99000031'),
      account(3, 2, 'De Eik B.V.', '99000031'),
      account(4, 0, 'De Linde B.V.', '99000099'),
      account(5, 1, 'De Linde B.V.', '99000099'),
    ];
    await world.sync(accounts, { runKind: 'initial', contactHandling: 'manual' });
    seenAt = world.deps.now();
  });

  const accept = (pairs = world.proposals.all()) =>
    acceptBatch(world.deps, {
      tenantId: world.tenantId,
      proposalIds: pairs.map(({ id }) => id),
      batchId,
      seenAt,
      actor: anna,
    });
  const acts = () =>
    world.actions.all().filter((action) => action.batchId === batchId && action.kind === 'merge');

  it('becomes one relation per group, also where merges of the same batch changed a relation before', async () => {
    await accept();

    const [eik, linde] = [await world.relationOf(idOf(1)), await world.relationOf(idOf(4))];
    expect(await world.sourcesOf(eik.id)).toEqual([idOf(1), idOf(2), idOf(3)]);
    expect(await world.sourcesOf(linde.id)).toEqual([idOf(4), idOf(5)]);
    expect(world.proposals.open()).toEqual([]);
    expect(acts().map(({ kind, actorName }) => [kind, actorName])).toEqual([
      ['merge', 'Anna'],
      ['merge', 'Anna'],
      ['merge', 'Anna'],
    ]);
  });

  it('changes nothing when it is done again, and counts what it skipped (F73)', async () => {
    const pairs = world.proposals.all().length;
    const first = await accept();

    expect(first).toEqual({ merged: 3, skipped: pairs - 3 });
    expect(await accept()).toEqual({ merged: 0, skipped: pairs });
    expect(acts()).toHaveLength(3);
  });

  it('leaves pairs that have something against them', async () => {
    const [first, ...others] = world.proposals.all();
    const veto = { key: 'kvk-differs', params: {}, weight: 0 };
    await world.proposals.saveMany([{ ...first!, vetoes: [veto] }]); // there are three

    await accept();

    expect(world.proposals.open().map(({ id }) => id)).not.toContain(others[0]!.id);
    expect((await world.proposals.findById(first!.id))?.actionId).not.toBe(acts()[0]?.id);
  });

  it('leaves pairs of a relation that was edited after the person looked, and merges the rest', async () => {
    const { id, version } = await world.relationOf(idOf(4));
    const edited = await editRelation(world.deps, {
      tenantId: world.tenantId,
      relationId: id,
      version,
      values: { email: 'nieuw@linde.test' },
      actor: { id: 'u2', name: 'Bert', kind: 'person' },
    });
    expect(edited.ok).toBe(true);

    await accept();

    expect(await world.sourcesOf(id)).toEqual([idOf(4)]);
    expect(world.proposals.open().map(({ relationA, relationB }) => [relationA, relationB])).toEqual([
      expect.arrayContaining([id]),
    ]);
    expect(acts()).toHaveLength(2);
  });

  it('is taken back as one, newest first; then every pair is a question again', async () => {
    const before = world.proposals.open().map(({ id }) => id);
    await accept();
    const actionIds = acts()
      .map(({ id }) => id)
      .reverse();

    const undo = () => undoBatch(world.deps, { tenantId: world.tenantId, batchId, actionIds, actor: anna });

    expect(await undo()).toEqual({ undone: 3, skipped: 0 });
    expect(world.proposals.open().map(({ id }) => id)).toEqual(before);
    const homes = await Promise.all([1, 2, 3, 4, 5].map((id) => world.relationOf(idOf(id))));
    expect(new Set(homes.map(({ id }) => id)).size).toBe(5);
    expect(await undo()).toEqual({ undone: 0, skipped: 3 });
    const undos = world.actions.all().filter(({ kind }) => kind === 'undo');
    expect(undos.map((action) => action.batchId)).toEqual([batchId, batchId, batchId]);
  });

  it('refuses more than it may decide in one call', async () => {
    const proposalIds = Array.from({ length: 51 }, () => world.proposals.all()[0]!.id);

    await expect(
      acceptBatch(world.deps, { tenantId: world.tenantId, proposalIds, batchId, seenAt, actor: anna }),
    ).rejects.toThrow('at most 50');
  });

  describe('with a relation that fits two others', () => {
    const line1 = { line1: 'Kade 9', line2: null, line3: null, state: null, country: 'NL' };
    const vlier = { name: 'Vlier Advies B.V.', address: { ...line1, postcode: '1234 AB', city: 'Zwolle' } };
    const compare = async (accounts: readonly { company: number; kvk: string | null; name?: string }[]) => {
      world = aRelationsWorld(3, { state: 'coupling' });
      const sources = accounts.map(({ company, ...known }, at) =>
        aSourceRelation({
          id: idOf(at + 1),
          administrationId: world.companies[company]!.id, // there are three
          shared: { ...vlier, ...known },
        }),
      );
      await world.sync(sources, { runKind: 'initial', contactHandling: 'manual' });
      seenAt = world.deps.now();
    };
    const homes = async () => {
      const relations = await Promise.all([1, 2, 3].map((id) => world.relationOf(idOf(id))));
      return relations.map(({ id }) => id);
    };
    const otherNumbers = [
      { company: 0, kvk: null },
      { company: 1, kvk: '99000031' },
      { company: 2, kvk: '99000099' },
    ];

    it('does not join by way of the third what a veto keeps apart', async () => {
      await compare(otherNumbers);
      expect(world.proposals.open().filter(({ vetoes }) => vetoes.length === 0)).toHaveLength(2);

      expect(await accept()).toMatchObject({ merged: 1 });
      expect(new Set(await homes()).size).toBe(2);
      const [left] = world.proposals.open();
      expect(world.proposals.open()).toHaveLength(1);
      expect(left?.vetoes.map(({ key }) => key)).toEqual(['veto-kvk']);
    });

    it('does not join by way of the third what a person said is not the same', async () => {
      await compare(otherNumbers);
      const disputed = world.proposals.open().find(({ vetoes }) => vetoes.length > 0)!; // asserted above
      const { id: proposalId, relationA, relationB } = disputed;
      const version = shownVersion(disputed, await world.relations.findMany([relationA, relationB]));
      const verdict = 'different';
      await decideProposal(world.deps, {
        tenantId: world.tenantId,
        proposalId,
        version,
        verdict,
        actor: anna,
      });
      seenAt = world.deps.now();

      expect(await accept()).toMatchObject({ merged: 1 });
      expect(new Set(await homes()).size).toBe(2);
    });

    it('does not join two accounts of one administration that nobody called doubles', async () => {
      const names = ['Zonnevlier', 'Zonnevlier Advies', 'Zonnevlier Techniek'];
      await compare(names.map((name, at) => ({ company: Math.min(at, 1), kvk: null, name })));
      expect(world.proposals.open().map(({ kind }) => kind)).toEqual(['match', 'match']);

      expect(await accept()).toEqual({ merged: 1, skipped: 1 });
      expect(new Set(await homes()).size).toBe(2);
    });

    it('does not join by way of the third two companies that are no question because a veto keeps them apart', async () => {
      const others = otherNumbers.map(({ company, kvk }, at) => ({
        ...{ company, kvk },
        name: ['Zonnevlier', 'Zonnevlier Advies', 'Zonnevlier Techniek'][at] ?? '',
      }));
      await compare(others);
      expect(world.proposals.open().map(({ vetoes }) => vetoes)).toEqual([[], []]);

      expect(await accept()).toEqual({ merged: 1, skipped: 1 });
      expect(new Set(await homes()).size).toBe(2);
    });

    it('joins doubles of one administration where they are questions of the batch themselves', async () => {
      await compare([0, 1, 1].map((company) => ({ company, kvk: null })));
      expect(world.proposals.open().map(({ kind }) => kind)).toContain('double');

      await accept();
      expect(new Set(await homes()).size).toBe(1);
    });
  });
});
