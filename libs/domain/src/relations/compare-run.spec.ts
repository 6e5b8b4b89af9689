import { beforeEach, describe, expect, it, vi } from 'vitest';
import { asId, type SyncRunId } from '../kernel/index.js';
import { anAddress, aRelationsWorld, aSourceRelation, idOf, type RelationsWorld } from '../testing/index.js';
import type { CompareAccounts } from './compare-command.js';
import { compareHere } from './compare-here.js';
import { MATCHER_VERSION, nothingLearnt } from './matching/index.js';
import { pictureAt } from './relation-at.js';
import type { SourceRelation } from './source-relation.js';

describe('compareRun of a first coupling', () => {
  let world: RelationsWorld;
  let [a, b, c] = aRelationsWorld(3).companies;
  beforeEach(() => {
    world = aRelationsWorld(3);
    [a, b, c] = world.companies;
  });
  const account = (id: number, company: typeof a, shared: object, local = {}) =>
    aSourceRelation({ id: idOf(id), administrationId: company!.id, shared, local });

  const vlier = {
    name: 'Vlier Advies B.V.',
    kvk: '99000021',
    address: anAddress('Kade 9', '1234 AB', 'Voorbeeldstad'),
  };

  it('makes one relation of equal accounts, the first administration leading, and one each of the others', async () => {
    const counts = await world.sync(
      [
        account(1, a, { ...vlier, phone: null }),
        account(2, b, { ...vlier, name: 'Vlier Advies BV', phone: '020-0000012' }),
        account(3, c, { name: 'Hoekstra Tegelwerken', kvk: '99000099' }),
      ],
      { runKind: 'initial' },
    );

    expect(counts).toMatchObject({ relations: 2, mergedAutomatically: 1, created: 3, asked: 0, doubles: 0 });
    const relation = await world.relationOf(idOf(1));
    expect(await world.sourcesOf(relation.id)).toEqual([idOf(1), idOf(2)]);
    expect(relation.values).toMatchObject({ name: 'Vlier Advies B.V.', phone: '020-0000012' });
    expect(relation.leading.name).toEqual({ source: idOf(1) });
    expect(relation.leading.phone).toEqual({ source: idOf(2) });
    const [act, ...more] = world.actions.all();
    expect(more).toEqual([]);
    expect(act).toMatchObject({ kind: 'merge-automatic', after: { matcherVersion: MATCHER_VERSION } });
  });

  it('merges nothing under manual handling, and asks instead', async () => {
    const counts = await world.sync([account(1, a, vlier), account(2, b, vlier)], {
      runKind: 'initial',
      contactHandling: 'manual',
    });

    expect(counts).toMatchObject({ relations: 2, mergedAutomatically: 0, asked: 1 });
    expect(world.proposals.open()).toMatchObject([{ sourceA: idOf(1), sourceB: idOf(2), kind: 'match' }]);
  });

  it('does nothing the second time', async () => {
    const run = [
      account(1, a, vlier),
      account(2, b, vlier),
      account(3, a, { ...vlier, name: 'Vlier Advies BV' }),
    ];
    await world.sync(run, { runKind: 'initial' });
    const before = [world.relations.all(), world.links.all(), world.proposals.all(), world.issues.all()];

    const counts = await world.sync([], { runKind: 'initial' });

    expect(counts).toMatchObject({ relations: 0, mergedAutomatically: 0, created: 0, asked: 0, doubles: 0 });
    expect([world.relations.all(), world.links.all(), world.proposals.all(), world.issues.all()]).toEqual(
      before,
    );
  });

  it('reports doubles inside one administration and merges neither by row order (C10)', async () => {
    const counts = await world.sync(
      [
        account(1, a, vlier, { code: '1001' }),
        account(2, a, { ...vlier, name: 'Vlier Advies BV' }, { code: '1002' }),
        account(3, b, vlier, { code: '2001' }),
      ],
      { runKind: 'initial' },
    );

    expect(counts.doubles).toBe(1);
    expect(world.proposals.open().filter(({ kind }) => kind === 'double')).toMatchObject([
      { administrationId: a!.id, sourceA: idOf(1), sourceB: idOf(2) },
    ]);
    expect(world.issues.all()).toMatchObject([
      { cause: 'double-in-administration', administrationId: a!.id, params: { codes: '1001, 1002' } },
    ]);
    for (const relation of world.activeRelations()) {
      const links = await world.sourcesOf(relation.id);
      expect(links.filter((id) => id !== idOf(3)).length).toBeLessThanOrEqual(1);
    }
  });

  it('gives deleted accounts no relation', async () => {
    await world.sync([{ ...account(1, a, vlier), state: 'deleted' }], { runKind: 'initial' });

    expect(world.relations.all()).toEqual([]);
  });

  it('marks the coupled companies themselves as intercompany', async () => {
    await world.sync([{ ...account(1, a, vlier), isOwnCompany: true }], { runKind: 'initial' });

    expect((await world.relationOf(idOf(1))).isIntercompany).toBe(true);
  });
});

describe('compareRun of an administration added later', () => {
  it('joins new accounts to existing relations and leaves what stands', async () => {
    const world = aRelationsWorld(3);
    const [a, b, c] = world.companies;
    const kvk = '99000021';
    const source = (id: number, administrationId: typeof a, name: string, email: string | null = null) =>
      aSourceRelation({ id: idOf(id), administrationId: administrationId!.id, shared: { name, kvk, email } });
    await world.sync([source(1, a, 'Vlier Advies B.V.'), source(2, b, 'Vlier Advies B.V.')], {
      runKind: 'initial',
    });
    const relation = await world.relationOf(idOf(1));

    const counts = await world.sync([source(3, c, 'VLIER ADVIES BV', 'post@vlier.test')], {
      runKind: 'addition',
    });

    expect(counts).toMatchObject({ relations: 0, mergedAutomatically: 1, created: 1 });
    const joined = await world.relationOf(idOf(3));
    expect(joined.id).toBe(relation.id);
    expect(joined.values).toMatchObject({ name: 'Vlier Advies B.V.', email: 'post@vlier.test' });
    const acts = world.actions.all();
    expect(pictureAt(acts.slice(-1), relation.id)?.values.email).toBeNull();
    expect(acts.at(-1)?.after.relations[0]?.values.email).toBe('post@vlier.test');
  });

  it('never joins two relations that stand, even when the new account fits both', async () => {
    const world = aRelationsWorld(3);
    const [a, b, c] = world.companies;
    const source = (id: number, administrationId: typeof a) =>
      aSourceRelation({
        id: idOf(id),
        administrationId: administrationId!.id,
        shared: { name: 'Vlier Advies B.V.', kvk: '99000021' },
      });
    await world.sync([source(1, a), source(2, b)], { runKind: 'initial', contactHandling: 'manual' });

    await world.sync([source(3, c)], { runKind: 'addition' });

    const ids = await Promise.all([1, 2, 3].map(async (id) => (await world.relationOf(idOf(id))).id));
    expect(new Set(ids).size).toBe(3);
    expect(world.proposals.open().length).toBeGreaterThanOrEqual(2);
  });
});

async function* nothing(): AsyncGenerator<never> {
  // Yields nothing.
}

describe('compareRun of a resync after another version of the matcher', () => {
  it('compares everything anew, since nobody is found by the keys of the other', async () => {
    const world = aRelationsWorld(2);
    const [a, b] = world.companies;
    const vlier = { name: 'Vlier Advies B.V.', kvk: '99000021' };
    const source = (id: number, administrationId: typeof a) =>
      aSourceRelation({ id: idOf(id), administrationId: administrationId!.id, shared: vlier });
    await world.sync([source(1, a)], { runKind: 'initial' });
    await world.matchKeys.forgetBefore(asId(idOf(999)));
    await world.matchModel.put(asId(idOf(800)), { ...nothingLearnt, version: '0.0.1' });

    await world.sync([source(2, b)], { runKind: 'resync' });

    expect((await world.relationOf(idOf(2))).id).toBe((await world.relationOf(idOf(1))).id);
    expect(await world.matchModel.find()).toBeDefined();
  });

  it('asks what the other did not, also when it dies before it has asked and is done again', async () => {
    const world = aRelationsWorld(2);
    const sources = ['99000021', '99000032'].map((kvk, at) =>
      aSourceRelation({
        id: idOf(at + 1),
        administrationId: world.companies[at]!.id,
        shared: { name: 'Vlier Advies B.V.', kvk, email: 'post@vlier.test' },
      }),
    );
    const asksNothing: CompareAccounts = (input, use) =>
      compareHere(input, (findings) => use({ ...findings, proposals: nothing() }));
    await world.sync(sources, { runKind: 'initial', compareAccounts: asksNothing });
    await world.matchModel.put(asId(idOf(800)), { ...nothingLearnt, version: '0.0.1' });
    const runId = asId<SyncRunId>(idOf(801));
    const addMany = vi.spyOn(world.proposals, 'addMany').mockRejectedValueOnce(new Error('killed'));
    await expect(world.compare(runId)).rejects.toThrow('killed');
    addMany.mockRestore();

    await world.compare(runId);

    expect(world.proposals.open()).toMatchObject([{ sourceA: idOf(1), sourceB: idOf(2) }]);
  });
});

describe('compareRun of as many administrations as a tenant can have', () => {
  const bounded = { accountsAtOnce: { allUpTo: 3, elseUpTo: 2, perLookUp: 10, perParty: 10 } };
  it.each([
    { how: 'at once', over: {} },
    { how: 'party by party', over: bounded },
  ])('makes one relation of whom all of them have, and finds it in a resync ($how)', async ({ over }) => {
    const world = aRelationsWorld(50);
    const accounts = world.companies.map((company, at) =>
      aSourceRelation({
        id: idOf(at + 1),
        administrationId: company.id,
        shared: { name: 'Lumiri Stroom B.V.', kvk: '99000021' },
      }),
    );

    await world.sync(accounts.slice(1), { runKind: 'initial', ...over });
    const counts = await world.sync(accounts.slice(0, 1));

    expect(counts).toMatchObject({ created: 1, mergedAutomatically: 1 });
    expect(await world.sourcesOf((await world.relationOf(idOf(1))).id)).toHaveLength(50);
  });
});

describe('compareRun of more accounts than are compared at once', () => {
  const atOnce = { allUpTo: 3, elseUpTo: 2, perLookUp: 2, perParty: 10 };
  const names = ['Vlier Advies', 'Hoekstra Tegelwerken', 'Lumiri Glas', 'Tozen Dakwerken'];
  let world: RelationsWorld;
  let seen: string[];
  const compareAccounts: CompareAccounts = (input, use) => {
    const pages = async function* () {
      for await (const page of input.pages) {
        seen.push(...page.map(({ id }) => id));
        yield page;
      }
    };
    return compareHere({ ...input, pages: pages() }, use);
  };
  beforeEach(() => {
    world = aRelationsWorld(3);
    seen = [];
  });
  const accountsOf = (company: number) =>
    names.map((name, at) =>
      aSourceRelation({
        id: idOf(10 * at + company + 1),
        administrationId: world.companies[company]!.id,
        shared: { name: company === 0 ? name : `${name} B.V.`, kvk: `9900002${at}` },
      }),
    );

  it('learns from the first accounts of the leading administration, and gives each account its relation', async () => {
    const progress: [number, number][] = [];

    const counts = await world.sync([...accountsOf(0), ...accountsOf(1)], {
      ...{ runKind: 'initial', accountsAtOnce: atOnce, compareAccounts },
      onProgress: (done, total) => void progress.push([done, total]),
    });

    expect(seen).toEqual([idOf(1), idOf(11)]);
    expect(counts).toMatchObject({ created: 8, relations: 4, mergedAutomatically: 4, asked: 0 });
    for (const at of [0, 1, 2, 3])
      expect((await world.relationOf(idOf(10 * at + 1))).id).toBe(
        (await world.relationOf(idOf(10 * at + 2))).id,
      );
    expect(progress.at(-1)).toEqual([16, 16]);
    expect(progress.map(([done]) => done)).toEqual(progress.map(([done]) => done).toSorted((a, b) => a - b));
  });

  it('learns from whole administrations when one fits, leading one first', async () => {
    await world.sync([...accountsOf(2), ...accountsOf(1), ...accountsOf(0)], {
      ...{ runKind: 'initial', accountsAtOnce: { ...atOnce, elseUpTo: 9 }, compareAccounts },
    });

    expect(seen).toEqual([...accountsOf(0), ...accountsOf(1)].map(({ id }) => String(id)).sort());
  });

  it('compares everything at once up to the bound', async () => {
    const few = [...accountsOf(0), ...accountsOf(1)];

    await world.sync(few, { runKind: 'initial', accountsAtOnce: { ...atOnce, allUpTo: 8 }, compareAccounts });

    expect(seen).toHaveLength(8);
  });

  it('looks at the accounts of an administration that is added alone, beside those that share a key', async () => {
    await world.sync([...accountsOf(0), ...accountsOf(1)], { runKind: 'initial', accountsAtOnce: atOnce });
    const relation = await world.relationOf(idOf(1));

    const counts = await world.sync(accountsOf(2), {
      ...{ runKind: 'addition', accountsAtOnce: atOnce, compareAccounts },
    });

    expect(seen).toEqual([]);
    expect(counts).toMatchObject({ created: 4, relations: 0, mergedAutomatically: 4, asked: 0 });
    expect(await world.sourcesOf(relation.id)).toEqual([idOf(1), idOf(2), idOf(3)]);
    const later = { name: 'Vlier Advies BV', kvk: '99000020' };
    await world.sync([
      aSourceRelation({ id: idOf(99), administrationId: world.companies[0]!.id, shared: later }),
    ]);
    expect(world.proposals.open()).toMatchObject([{ kind: 'double', sourceB: idOf(99) }]);
  });

  it('joins neither of two new accounts that fit one relation equally, however far apart they are looked up (C10)', async () => {
    await world.sync([...accountsOf(0), ...accountsOf(1)], { runKind: 'initial', accountsAtOnce: atOnce });
    const [first, ...others] = accountsOf(2);
    const double = { ...first!, id: asId<SourceRelation['id']>(idOf(99)), exactId: `${first!.exactId}-2` };

    const counts = await world.sync([first!, ...others, double], {
      ...{ runKind: 'addition', accountsAtOnce: atOnce },
    });

    expect(counts).toMatchObject({ created: 5, mergedAutomatically: 3, doubles: 1 });
    expect(await world.sourcesOf((await world.relationOf(idOf(1))).id)).toEqual([idOf(1), idOf(2)]);
  });

  it('finds everybody by the keys that are stored, also where it died while it stored them', async () => {
    await world.sync([...accountsOf(0), ...accountsOf(1)], { runKind: 'initial', accountsAtOnce: atOnce });
    await world.matchModel.put(asId(idOf(800)), { ...nothingLearnt, version: '0.0.1' });
    await world.matchKeys.forgetBefore(asId(idOf(999_999)));
    const put = world.matchKeys.putPortion.bind(world.matchKeys);
    const putPortion = vi.spyOn(world.matchKeys, 'putPortion').mockImplementationOnce(put);
    putPortion.mockRejectedValueOnce(new Error('killed'));
    const addition = { runKind: 'addition', accountsAtOnce: atOnce } as const;
    await expect(world.sync(accountsOf(2), addition)).rejects.toThrow('killed');
    putPortion.mockRestore();

    await world.sync([], addition);

    for (const at of [0, 1, 2, 3])
      expect(await world.sourcesOf((await world.relationOf(idOf(10 * at + 3))).id)).toHaveLength(3);
  });

  it('learns and compares everything anew after another version of the matcher', async () => {
    await world.sync([...accountsOf(0), ...accountsOf(1)], { runKind: 'initial', accountsAtOnce: atOnce });
    await world.matchModel.put(asId(idOf(800)), { ...nothingLearnt, version: '0.0.1' });

    await world.sync(accountsOf(2), { runKind: 'addition', accountsAtOnce: atOnce, compareAccounts });

    expect(seen).toEqual([idOf(1), idOf(11)]);
    expect(await world.sourcesOf((await world.relationOf(idOf(3))).id)).toEqual([idOf(1), idOf(2), idOf(3)]);
  });
});
