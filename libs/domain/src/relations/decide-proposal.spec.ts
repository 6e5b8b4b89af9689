import { beforeEach, describe, expect, it } from 'vitest';
import { asId, type Actor, type ProposalId } from '../kernel/index.js';
import { anAddress, aRelationsWorld, aSourceRelation, idOf, type RelationsWorld } from '../testing/index.js';
import { decideProposal } from './decide-proposal.js';
import type { DecideProposal } from './decision-desk.js';
import type { SharedValues } from './fields.js';
import { shownVersion, type Proposal } from './proposal.js';

const anna: Actor = { id: 'u1', name: 'Anna', kind: 'person' };
const bert: Actor = { id: 'u2', name: 'Bert', kind: 'person' };
const eik = { name: 'De Eik B.V.', kvk: '99000031' };

describe('decideProposal', () => {
  let world: RelationsWorld;
  beforeEach(() => {
    world = aRelationsWorld(3, { state: 'coupling' });
  });

  function account(id: number, company: number, shared: Partial<SharedValues> = {}, over: object = {}) {
    const administrationId = world.companies[company]!.id; // every spec has three
    return aSourceRelation({ id: idOf(id), administrationId, shared: { ...eik, ...shared }, ...over });
  }

  /** Manual handling: every account a relation of its own, every certain pair a question. */
  async function asked(...accounts: ReturnType<typeof account>[]): Promise<Proposal> {
    await world.sync(accounts, { runKind: 'initial', contactHandling: 'manual' });
    return world.proposals.open()[0]!; // the specs make one
  }

  async function shown(proposal: Proposal): Promise<number> {
    const relations = await world.relations.findMany([proposal.relationA, proposal.relationB]);
    return shownVersion(proposal, relations);
  }

  async function decide(proposal: Proposal, over: Partial<DecideProposal> = {}) {
    const { tenantId } = world;
    const version = over.version ?? (await shown(proposal));
    return decideProposal(world.deps, {
      tenantId,
      proposalId: proposal.id,
      verdict: 'same',
      actor: anna,
      ...over,
      version,
    });
  }

  it('makes one relation of the two; the losing id leads to the older one', async () => {
    const proposal = await asked(account(1, 0), account(2, 1, { phone: '0200000012' }));
    const [older, newer] = [await world.relationOf(idOf(1)), await world.relationOf(idOf(2))];

    const result = await decide(proposal);

    expect(result).toMatchObject({ ok: true, value: { relationId: older.id } });
    const [survivor, loser] = await world.relations.findMany([older.id, newer.id]);
    expect(survivor).toMatchObject({ state: 'active', values: { phone: '0200000012' } });
    expect(loser).toMatchObject({ state: 'merged', survivorId: older.id });
    expect(await world.sourcesOf(older.id)).toEqual([idOf(1), idOf(2)]);
    expect(world.judgements.all()).toMatchObject([{ sourceA: idOf(1), sourceB: idOf(2), verdict: 'same' }]);
    expect(world.actions.all().at(-1)).toMatchObject({ kind: 'merge', actorName: 'Anna', isUndoable: true });
  });

  it('takes the address as one block and keeps a value that was left empty on purpose, also after a resync (C16)', async () => {
    const a = { address: { ...anAddress('Dorpsstraat 1', '1234AB', 'Voorbeeldstad') }, phone: '0200000012' };
    const b = {
      address: { ...anAddress('Kade 9', '1234AB', 'Voorbeeldstad'), line2: 'Unit 222' },
      phone: null,
    };
    const proposal = await asked(account(1, 0, a), account(2, 1, b));

    await decide(proposal, { leading: { address: asId(idOf(1)), phone: asId(idOf(2)) } });
    await world.sync([account(1, 0, { ...a, email: 'x@eik.test' })]);

    const { values, leading } = await world.relationOf(idOf(1));
    expect(values.address).toEqual(a.address);
    expect(values.phone).toBeNull();
    expect(leading.phone).toMatchObject({ source: idOf(2), byName: 'Anna' });
  });

  it('takes the suggestion for what was not chosen: the first administration that has a value', async () => {
    const proposal = await asked(
      account(1, 0, { email: null }),
      account(2, 1, { name: 'De Eik', email: 'x@eik.test' }),
    );

    await decide(proposal);

    const { values, leading } = await world.relationOf(idOf(1));
    expect(values).toMatchObject({ name: 'De Eik B.V.', email: 'x@eik.test' });
    expect(leading.email).toEqual({ source: idOf(2) });
  });

  it('refuses a leading value of an account that is in neither relation', async () => {
    const proposal = await asked(account(1, 0), account(2, 1, { phone: '0200000012' }));

    expect(await decide(proposal, { leading: { phone: asId(idOf(77)) } })).toMatchObject({
      ok: false,
      error: { kind: 'fields-undecided', fields: ['phone'] },
    });
    expect(world.judgements.all()).toEqual([]);
  });

  it('remembers "not the same" for every pair that was shown, and never asks or merges them again', async () => {
    const proposal = await asked(account(1, 0), account(2, 1));

    expect(await decide(proposal, { verdict: 'different' })).toMatchObject({
      ok: true,
      value: { relationId: null },
    });

    await world.sync([account(1, 0, { phone: '0200000012' }), account(2, 1, { phone: '0200000012' })]);
    await world.sync([], { runKind: 'addition' });
    expect(world.proposals.open()).toEqual([]);
    expect((await world.relationOf(idOf(1))).id).not.toBe((await world.relationOf(idOf(2))).id);
  });

  it('lets "not sure" become sure', async () => {
    const proposal = await asked(account(1, 0), account(2, 1));
    await decide(proposal, { verdict: 'unsure' });

    const again = await world.proposals.findById(proposal.id);
    expect(await decide(again!, { verdict: 'same', actor: bert })).toMatchObject({ ok: true });
  });

  it('takes a second click as a success without effect (J06)', async () => {
    const proposal = await asked(account(1, 0), account(2, 1));
    const version = await shown(proposal);
    const first = await decide(proposal, { version });
    const before = [world.relations.all(), world.links.all(), world.actions.all(), world.judgements.all()];

    const second = await decide(proposal, { version });

    expect(second).toEqual(first);
    expect([world.relations.all(), world.links.all(), world.actions.all(), world.judgements.all()]).toEqual(
      before,
    );
  });

  it('tells who was first when another decided otherwise (J06)', async () => {
    const proposal = await asked(account(1, 0), account(2, 1));
    const version = await shown(proposal);
    await decide(proposal, { version });

    expect(await decide(proposal, { version, verdict: 'different', actor: bert })).toMatchObject({
      ok: false,
      error: { kind: 'already-decided', verdict: 'same', byName: 'Anna' },
    });
  });

  it('refuses a decision on data that changed since they were shown (F71)', async () => {
    const proposal = await asked(account(1, 0), account(2, 1));
    const version = await shown(proposal);
    await world.sync([account(1, 0, { phone: '0200000012' })]);

    expect(await decide(proposal, { version })).toMatchObject({
      ok: false,
      error: { kind: 'changed-meanwhile' },
    });
  });

  it('refuses to decide on a pair of which one side was merged meanwhile (J06, the third case)', async () => {
    await world.sync([account(1, 0), account(2, 1), account(3, 2)], {
      runKind: 'initial',
      contactHandling: 'manual',
    });
    const [pq, qr] = world.proposals.open();
    const version = await shown(qr!);

    await decide(pq!);
    const late = await decide(qr!, { version, actor: bert, leading: {} });

    expect(late).toMatchObject({ ok: false, error: { kind: 'changed-meanwhile' } });
    expect(await world.sourcesOf((await world.relationOf(idOf(3))).id)).toEqual([idOf(3)]);
  });

  it('points the other questions at the survivor and closes what asks the same twice', async () => {
    await world.sync([account(1, 0), account(2, 1), account(3, 2)], {
      runKind: 'initial',
      contactHandling: 'manual',
    });
    const [pq] = world.proposals.open();
    await decide(pq!);

    const survivor = (await world.relationOf(idOf(1))).id;
    const open = world.proposals.open();
    expect(open.length).toBe(1);
    expect([open[0]!.relationA, open[0]!.relationB]).toContain(survivor);
  });

  it('makes the second account of an administration an alias and closes the issue (C10)', async () => {
    await world.sync(
      [account(1, 0, {}, { local: { code: '1001' } }), account(2, 0, {}, { local: { code: '1002' } })],
      {
        runKind: 'initial',
      },
    );
    const [double] = world.proposals.open();
    expect(double).toMatchObject({ kind: 'double' });

    await decide(double!, { bookOn: [asId(idOf(2))] });

    expect(world.links.all().map(({ sourceRelationId, isAlias }) => [sourceRelationId, isAlias])).toEqual([
      [idOf(1), true],
      [idOf(2), false],
    ]);
    expect(world.issues.all()).toMatchObject([{ state: 'resolved', closedBy: 'Anna' }]);
  });

  it('closes the issue of a double that is none', async () => {
    await world.sync([account(1, 0), account(2, 0)], { runKind: 'initial' });

    await decide(world.proposals.open()[0]!, { verdict: 'different' });

    expect(world.issues.all()).toMatchObject([{ state: 'resolved' }]);
  });

  it('never merges a coupled company itself with an outsider (product.md 3.15)', async () => {
    const proposal = await asked({ ...account(1, 0), isOwnCompany: true }, account(2, 1));

    expect(await decide(proposal)).toMatchObject({
      ok: false,
      error: { kind: 'merge-not-possible', reason: 'intercompany' },
    });
  });

  it('loses no bank account in a merge: parts stay with their accounts (C12)', async () => {
    const proposal = await asked(account(1, 0), account(2, 1));
    const before = world.sourceRelations.all();

    await decide(proposal);

    expect(world.sourceRelations.all()).toEqual(before);
  });

  it('writes the chosen values to the accounts of active administrations only', async () => {
    const proposal = await asked(
      account(1, 0, { phone: '0200000012' }),
      account(2, 1, { phone: '0200000013' }),
    );
    await world.administrations.save({ ...world.companies[1]!, state: 'active' });

    await decide(proposal);

    expect(world.writeIntents.all()).toMatchObject([
      { sourceRelationId: idOf(2), patch: { phone: '0200000012' }, createdBy: 'Anna', state: 'planned' },
    ]);
  });

  it('answers not-found for a proposal that is not there', async () => {
    await asked(account(1, 0), account(2, 1));
    const result = await decideProposal(world.deps, {
      tenantId: world.tenantId,
      proposalId: asId<ProposalId>(idOf(5)),
      version: 1,
      verdict: 'same',
      actor: anna,
    });

    expect(result).toEqual({ ok: false, error: { kind: 'not-found' } });
  });
});
