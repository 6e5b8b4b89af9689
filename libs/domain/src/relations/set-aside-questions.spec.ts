import { beforeEach, describe, expect, it } from 'vitest';
import { asId, type ActionId, type Actor } from '../kernel/index.js';
import { anAddress, aRelationsWorld, aSourceRelation, idOf, type RelationsWorld } from '../testing/index.js';
import type { CompareAccounts } from './compare-command.js';
import { decideProposal } from './decide-proposal.js';
import { compareAll, nothingLearnt, type LearntModel, type MatchRecord } from './matching/index.js';
import { shownVersion, type Proposal } from './proposal.js';
import { undoAction } from './undo-action.js';

const anna: Actor = { id: 'u1', name: 'Anna', kind: 'person' };
const address = anAddress('Havenkade 9', '9711CD', 'Groningen');
/** What answers have taught: one name with another legal form, or other numbers, is another company. */
const taught: LearntModel = {
  ...nothingLearnt,
  released: { 'aside/form': 99, 'aside/registration': 99 },
  answers: { 'aside/form': 9, 'aside/registration': 12 },
};

/** Compares as if this had been learnt before. */
const knowing =
  (learnt: LearntModel): CompareAccounts =>
  async ({ pages, judgements }, use) => {
    const records: MatchRecord[] = [];
    for await (const page of pages) records.push(...page);
    const { clusters, doubles, proposals, setAside } = compareAll(records, { judgements, learnt });
    return use({
      learnt,
      clusters: one(clusters),
      doubles: one(doubles),
      proposals: one([...proposals, ...setAside]),
    });
  };

async function* one<T>(items: readonly T[]): AsyncGenerator<readonly T[]> {
  yield items;
}

describe('questions that answers have set aside', () => {
  let world: RelationsWorld;
  beforeEach(() => {
    world = aRelationsWorld(2);
  });

  /** One name in both administrations, with another legal form. */
  const forms = (number: number, name: string) =>
    accounts(number, [{ name: `${name} B.V.` }, { name: `${name} V.O.F.` }], `info@${name}.example`);
  /** One name in both, with another KvK number. */
  const numbers = (number: number, name: string) =>
    accounts(
      number,
      [
        { name, kvk: '30000017' },
        { name, kvk: '81234564' },
      ],
      `info@${name}.example`,
    );

  function accounts(number: number, values: readonly { name: string; kvk?: string }[], email: string) {
    return values.map((each, company) =>
      aSourceRelation({
        id: idOf(10 * number + company),
        administrationId: world.companies[company]!.id, // there are two
        shared: { ...each, email, address },
      }),
    );
  }

  const compare = (learnt: LearntModel) =>
    world.compare(asId(idOf(801)), { runKind: 'initial', compareAccounts: knowing(learnt) });
  const namesOf = async (isMeant: (proposal: Proposal) => boolean) => {
    const relations = await world.relations.findMany(
      world.proposals
        .open()
        .filter(isMeant)
        .map(({ relationA }) => relationA),
    );
    return relations.map(({ values }) => values.name.split(' ')[0]).sort();
  };
  const asked = () => namesOf(({ isAside }) => !isAside);
  const aside = () => namesOf(({ isAside }) => isAside);

  async function answer(name: string, verdict: 'same' | 'different'): Promise<ActionId> {
    for (const proposal of world.proposals.open()) {
      const relations = await world.relations.findMany([proposal.relationA, proposal.relationB]);
      if (!relations[0]?.values.name.startsWith(name)) continue;
      const { tenantId } = world;
      const version = shownVersion(proposal, relations);
      const decided = await decideProposal(world.deps, {
        ...{ tenantId, proposalId: proposal.id, version, verdict, actor: anna },
      });
      if (!decided.ok) throw new Error(decided.error.kind);
      return decided.value.actionId;
    }
    throw new Error(`nothing is open about ${name}`);
  }

  /** Three questions in the queue. */
  const asking = () =>
    world.sync([...forms(1, 'Tozenvira'), ...forms(2, 'Lumiraket'), ...numbers(3, 'Vekabru')], {
      runKind: 'initial',
    });

  it('leave the queue when everything is compared, and say why', async () => {
    await asking();
    expect(await asked()).toEqual(['Lumiraket', 'Tozenvira', 'Vekabru']);
    const ids = world.proposals.open().map(({ id }) => id);
    await compare(taught);

    expect(await asked()).toEqual([]);
    expect(await aside()).toEqual(['Lumiraket', 'Tozenvira', 'Vekabru']);
    expect(world.proposals.open().map(({ id }) => id)).toEqual(ids);
    const [{ reasons, questionKind }] = world.proposals.open() as [Proposal];
    expect(questionKind).toBe('aside/form');
    expect(reasons).toContainEqual({ key: 'set-aside-form', params: { answers: 9 }, weight: 0 });
  });

  it('are put apart at once when they are new, by a comparison of everything and by a resync alike', async () => {
    await world.sync([], { runKind: 'initial' });
    await world.matchModel.put(asId(idOf(800)), taught);
    await world.sync(forms(1, 'Tozenvira'));
    expect(await aside()).toEqual(['Tozenvira']);
    expect(await asked()).toEqual([]);
    world = aRelationsWorld(2);
    for (const source of forms(1, 'Tozenvira')) world.sourceRelations.put(source, asId(idOf(801)), []);
    await compare(taught);

    expect(await aside()).toEqual(['Tozenvira']);
    expect(await asked()).toEqual([]);
  });

  it('are asked again once a person says "the same" of one, those of its kind alone', async () => {
    await asking();
    await compare(taught);
    const actionId = await answer('Tozenvira', 'same');

    expect(await asked()).toEqual(['Lumiraket']);
    expect(await aside()).toEqual(['Vekabru']);
    expect((await world.matchModel.find())?.released).toEqual({ 'aside/registration': 99 });
    await undoAction(world.deps, { tenantId: world.tenantId, actionId, actor: anna });
    expect(await asked()).toEqual(['Lumiraket', 'Tozenvira']);
  });

  it('stay apart when a person says "not the same" of one', async () => {
    await asking();
    await compare(taught);
    await answer('Tozenvira', 'different');

    expect(await asked()).toEqual([]);
    expect(await aside()).toEqual(['Lumiraket', 'Vekabru']);
  });

  describe('by answers given one by one', () => {
    const syllables = ['Toze', 'Lumi', 'Veka', 'Quva', 'Rizo', 'Habe', 'Noru', 'Pidu', 'Seko', 'Wami'];
    const names = syllables.map((syllable) => `${syllable}kra`);
    const rest = names.slice(6).sort();
    beforeEach(async () => {
      await world.sync(
        names.flatMap((name, at) => forms(at + 1, name)),
        { runKind: 'initial' },
      );
      const aside = { certain: 10_000, free: {} };
      await world.matchModel.put(asId(idOf(800)), { ...nothingLearnt, aside });
      for (const name of names.slice(0, 5)) await answer(name, 'different');
    });

    it('leave the queue with the answer that settles their kind, and new ones come apart', async () => {
      expect(await aside()).toEqual([]);
      await answer('Habekra', 'different');

      expect(await asked()).toEqual([]);
      expect(await aside()).toEqual(rest);
      const [{ reasons }] = world.proposals.open() as [Proposal];
      expect(reasons).toContainEqual({ key: 'set-aside-form', params: { answers: 6 }, weight: 0 });
      await world.sync(forms(20, 'Zuvokra'));
      expect(await aside()).toEqual([...rest, 'Zuvokra']);
    });

    it('stay in the queue where one of their kind was "the same"', async () => {
      await answer('Wamikra', 'same');
      await answer('Habekra', 'different');

      expect(await asked()).toEqual(rest.filter((name) => name !== 'Wamikra'));
    });

    it('come back when the answer is taken back', async () => {
      const actionId = await answer('Habekra', 'different');
      await undoAction(world.deps, { tenantId: world.tenantId, actionId, actor: anna });

      expect(await asked()).toEqual(['Habekra', ...rest]);
    });

    it('leave those of other kinds apart when the answer is taken back', async () => {
      await world.sync(numbers(30, 'Zuvokra'));
      const [aside, upTo] = [{ certain: 10_000, free: {} }, { 'aside/registration': 99 }];
      await world.matchModel.put(asId(idOf(800)), { ...nothingLearnt, aside, released: upTo });
      await world.proposals.setKindAside('aside/registration', 99, { key: 'prior', params: {}, weight: 0 });
      const actionId = await answer('Habekra', 'different');
      await undoAction(world.deps, { tenantId: world.tenantId, actionId, actor: anna });

      expect(await asked()).toEqual(['Habekra', ...rest]);
      expect((await world.matchModel.find())?.released).toEqual(upTo);
    });

    it.each(['before', 'since'])(
      'stay apart where the last answer came while everything was compared (%s)',
      async (when) => {
        const aside = { certain: 10_000, free: {} };
        if (when === 'before') await answer('Habekra', 'different');
        await world.compare(asId(idOf(801)), {
          runKind: 'initial',
          compareAccounts: (input, use) =>
            knowing({ ...nothingLearnt, aside })(input, async (findings) => {
              if (when === 'since') await answer('Habekra', 'different');
              return use(findings);
            }),
        });

        // What this comparison has read and did not learn is asked; what it could not read is left as the answer left it.
        expect(await asked()).toEqual(when === 'since' ? [] : rest);
      },
    );
  });

  it('come back when a later comparison has not learnt it', async () => {
    await asking();
    await compare(taught);
    await compare(nothingLearnt);

    expect(await asked()).toEqual(['Lumiraket', 'Tozenvira', 'Vekabru']);
    expect(await aside()).toEqual([]);
  });

  it('are asked after all when a word that was said while everything was compared withdraws them', async () => {
    await asking();
    await world.compare(asId(idOf(801)), {
      runKind: 'initial',
      compareAccounts: (input, use) =>
        knowing(taught)(input, async (findings) => {
          await answer('Tozenvira', 'same');
          return use(findings);
        }),
    });

    expect(await asked()).toEqual(['Lumiraket', 'Vekabru']);
  });
});
