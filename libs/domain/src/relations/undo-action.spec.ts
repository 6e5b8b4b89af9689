import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { asId, type ActionId, type Actor } from '../kernel/index.js';
import {
  anAddress,
  aPartWrite,
  aRelationsWorld,
  aSourceRelation,
  idOf,
  type RelationsWorld,
} from '../testing/index.js';
import { chooseLeading } from './choose-leading.js';
import { decideProposal } from './decide-proposal.js';
import { editRelation } from './edit-relation.js';
import type { SharedValues } from './fields.js';
import { shownVersion, type Proposal } from './proposal.js';
import { undoAction } from './undo-action.js';
import { unlinkSource } from './unlink-source.js';

const anna: Actor = { id: 'u1', name: 'Anna', kind: 'person' };
const eik = { name: 'De Eik B.V.', kvk: '99000031' };

let world: RelationsWorld;
const { tenantId } = aRelationsWorld(1);

function account(id: number, company: number, shared: Partial<SharedValues> = {}) {
  const administrationId = world.companies[company]!.id; // every spec has three
  return aSourceRelation({ id: idOf(id), administrationId, shared: { ...eik, ...shared } });
}

async function merge(proposal: Proposal) {
  const relations = await world.relations.findMany([proposal.relationA, proposal.relationB]);
  const version = shownVersion(proposal, relations);
  const result = await decideProposal(world.deps, {
    tenantId,
    proposalId: proposal.id,
    version,
    verdict: 'same',
    actor: anna,
  });
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}

const undo = (actionId: ActionId) => undoAction(world.deps, { tenantId, actionId, actor: anna });

async function edit(id: string, values: Partial<SharedValues>) {
  const relation = await world.relationOf(id);
  return editRelation(world.deps, {
    tenantId,
    relationId: relation.id,
    version: relation.version,
    values,
    actor: anna,
  });
}

/** Everything that undo must bring back; versions and times only ever go up. */
async function state() {
  return {
    relations: world.relations.all().map(({ version: _v, updatedAt: _u, ...relation }) => relation),
    links: world.links.all(),
    verdicts: (await world.judgements.findLatest()).map(({ sourceA, sourceB, verdict }) => [
      sourceA,
      sourceB,
      verdict,
    ]),
    proposals: world.proposals.all().map(({ version: _v, ...proposal }) => proposal),
    sources: world.sourceRelations.all(),
  };
}

describe('undoAction of a merge', () => {
  beforeEach(async () => {
    world = aRelationsWorld(3);
    const p = account(1, 0, { phone: null, address: anAddress('Kade 9') });
    const q = account(2, 1, { phone: '0200000012', address: anAddress('Hof 3') });
    await world.sync([p, q], { runKind: 'initial', contactHandling: 'manual' });
  });

  it('gives both relations back in every field, link and account (J07, 1)', async () => {
    const before = await state();
    const { actionId } = await merge(world.proposals.open()[0]!);

    expect(await undo(actionId)).toMatchObject({ ok: true, value: { kept: [] } });

    const after = await state();
    expect({ ...after, verdicts: [] }).toEqual({ ...before, verdicts: [] });
    expect(after.verdicts).toEqual([[idOf(1), idOf(2), 'unsure']]);
  });

  it('keeps an edit that was made since with the survivor, and names it (J07, 2)', async () => {
    const { actionId } = await merge(world.proposals.open()[0]!);
    await edit(idOf(1), { email: 'new@eik.test' });

    expect(await undo(actionId)).toMatchObject({ ok: true, value: { kept: ['email'] } });

    expect((await world.relationOf(idOf(1))).values).toMatchObject({ email: 'new@eik.test', phone: null });
    expect((await world.relationOf(idOf(2))).values).toMatchObject({ email: null, phone: '0200000012' });
  });

  it('refuses to undo the first of two chained merges, naming the second; in order it works (J07, 3)', async () => {
    await world.sync([account(3, 2)], { contactHandling: 'manual' });
    const before = await state();
    const first = await merge(world.proposals.open().find(({ sourceB }) => sourceB === idOf(2))!);
    const second = await merge(world.proposals.open()[0]!);

    expect(await undo(first.actionId)).toMatchObject({
      ok: false,
      error: { kind: 'later-action-first', laterActionId: second.actionId, laterKind: 'merge' },
    });
    await undo(second.actionId);
    await undo(first.actionId);
    expect({ ...(await state()), verdicts: [] }).toEqual({ ...before, verdicts: [] });
  });

  it('still works after resyncs, which move nothing back while merged (J07, 4)', async () => {
    const { actionId, relationId } = await merge(world.proposals.open()[0]!);
    await world.sync([account(2, 1, { phone: '0200000099', address: anAddress('Hof 3') })]);
    await world.sync([]);
    expect((await world.relationOf(idOf(2))).id).toBe(relationId);

    expect(await undo(actionId)).toMatchObject({ ok: true });

    expect((await world.relationOf(idOf(2))).values.phone).toBe('0200000099');
    expect((await world.relationOf(idOf(1))).values.phone).toBeNull();
  });

  it('lets the old id lead to the survivor while merged (J07, 5)', async () => {
    const old = (await world.relationOf(idOf(2))).id;
    const { relationId } = await merge(world.proposals.open()[0]!);

    const [loser] = await world.relations.findMany([old]);
    expect(loser).toMatchObject({ state: 'merged', survivorId: relationId });
  });

  it('opens the question again', async () => {
    const [proposal] = world.proposals.open();
    const { actionId } = await merge(proposal!);
    await undo(actionId);

    expect(world.proposals.open()).toMatchObject([{ id: proposal!.id, decidedByName: null }]);
  });

  it('refuses a second undo, saying who did the first', async () => {
    const { actionId } = await merge(world.proposals.open()[0]!);
    await undo(actionId);

    expect(await undo(actionId)).toMatchObject({
      ok: false,
      error: { kind: 'already-undone', byName: 'Anna' },
    });
  });

  it('refuses to undo an undo, and answers not-found for an unknown action', async () => {
    const { actionId } = await merge(world.proposals.open()[0]!);
    const undone = await undo(actionId);
    if (!undone.ok) throw new Error('undo failed');

    expect(await undo(undone.value.actionId)).toMatchObject({ ok: false, error: { kind: 'not-undoable' } });
    expect(await undo(asId(idOf(4)))).toEqual({ ok: false, error: { kind: 'not-found' } });
  });

  it('takes writes that still wait back, and tells accounts that were written to their own values again', async () => {
    const { actionId } = await merge(world.proposals.open()[0]!);
    expect(world.writeIntents.all().map(({ sourceRelationId, patch }) => [sourceRelationId, patch])).toEqual([
      [idOf(1), { phone: '0200000012' }],
      [idOf(2), { address: anAddress('Kade 9') }],
    ]);
    const [, second] = world.writeIntents.all();
    await world.writeIntents.save({ ...second!, state: 'confirmed' });
    await world.sync([account(2, 1, { phone: '0200000012', address: anAddress('Kade 9') })]);
    const relation = await world.relationOf(idOf(2));
    expect(relation.values.address).toEqual(anAddress('Kade 9'));

    await undo(actionId);

    expect((await world.relationOf(idOf(2))).values.address).toEqual(anAddress('Hof 3'));
    expect(world.writeIntents.all().filter(({ state: now }) => now === 'planned')).toMatchObject([
      { sourceRelationId: idOf(2), patch: { address: anAddress('Hof 3') } },
    ]);
    expect(world.writeIntents.all()[0]).toMatchObject({ sourceRelationId: idOf(1), state: 'superseded' });
  });

  it('has what stands behind a write that is taken back look at once whether its turn has come', async () => {
    const { actionId } = await merge(world.proposals.open()[0]!);
    const dueAt = new Date(world.deps.now().getTime() + 60_000);
    const behind = aPartWrite({ id: asId(idOf(77)), sourceRelationId: asId(idOf(1)), dueAt });
    await world.writeIntents.addMany([behind]);

    await undo(actionId);

    expect(world.writeIntents.all()[0]).toMatchObject({ sourceRelationId: idOf(1), state: 'superseded' });
    expect(world.outbox.messages()).toContainEqual({ kind: 'send-write', intentId: behind.id });
  });
});

describe('undoAction of other acts', () => {
  beforeEach(async () => {
    world = aRelationsWorld(3);
    await world.sync([account(1, 0, { phone: '0200000012' }), account(2, 1), account(3, 2)], {
      runKind: 'initial',
    });
  });

  it('takes an automatic merge apart and never joins the accounts again', async () => {
    const [joining] = world.actions.all();
    const { id } = await world.relationOf(idOf(1));

    expect(await undo(joining!.id)).toMatchObject({ ok: true });
    await world.sync([account(2, 1, { email: 'x@eik.test' })]);
    await world.sync([], { runKind: 'addition' });

    expect(await world.sourcesOf(id)).toEqual([idOf(1)]);
    expect(world.activeRelations()).toHaveLength(3);
    expect(world.proposals.open()).toMatchObject([{ sourceA: idOf(2), sourceB: idOf(3) }]);
  });

  it('restores an edit, while it still stands', async () => {
    await edit(idOf(1), { phone: '0200000013' });
    const [, action] = world.actions.all();

    expect(await undo(action!.id)).toMatchObject({ ok: true });
    const { values, leading } = await world.relationOf(idOf(1));
    expect(values.phone).toBe('0200000012');
    expect(leading.phone).toEqual({ source: idOf(1) });
  });

  it('refuses to restore a field that was edited again, naming the later edit', async () => {
    await edit(idOf(1), { phone: '0200000013' });
    await edit(idOf(1), { phone: '0200000014' });
    const [, first, second] = world.actions.all();

    expect(await undo(first!.id)).toMatchObject({
      ok: false,
      error: { kind: 'later-action-first', laterActionId: second!.id },
    });
  });

  it('restores the choice of a leading account', async () => {
    const relation = await world.relationOf(idOf(1));
    await chooseLeading(world.deps, {
      tenantId,
      relationId: relation.id,
      version: relation.version,
      field: 'phone',
      sourceRelationId: asId(idOf(2)),
      actor: anna,
    });
    expect((await world.relationOf(idOf(1))).values.phone).toBeNull();

    await undo(world.actions.all().at(-1)!.id);
    expect(await world.relationOf(idOf(1))).toMatchObject({
      values: relation.values,
      leading: relation.leading,
    });
  });

  it('puts an unlinked account back; the relation it had leads there', async () => {
    const before = await world.relationOf(idOf(1));
    const unlinked = await unlinkSource(world.deps, {
      tenantId,
      relationId: before.id,
      version: before.version,
      sourceRelationId: asId(idOf(1)),
      actor: anna,
    });
    if (!unlinked.ok) throw new Error(unlinked.error.kind);
    expect((await world.relationOf(idOf(2))).values.phone).toBeNull();

    await undo(unlinked.value.actionId);

    expect(await world.relationOf(idOf(1))).toMatchObject({
      id: before.id,
      values: before.values,
      leading: before.leading,
    });
    const [created] = await world.relations.findMany([unlinked.value.newRelationId]);
    expect(created).toMatchObject({ state: 'merged', survivorId: before.id });
  });

  it('opens a question that was answered with "not the same"', async () => {
    world = aRelationsWorld(2);
    await world.sync([account(1, 0), account(2, 1)], { runKind: 'initial', contactHandling: 'manual' });
    const [proposal] = world.proposals.open();
    const relations = await world.relations.findMany([proposal!.relationA, proposal!.relationB]);
    const version = shownVersion(proposal!, relations);
    await decideProposal(world.deps, {
      tenantId,
      proposalId: proposal!.id,
      version,
      verdict: 'different',
      actor: anna,
    });

    await undo(world.actions.all().at(-1)!.id);

    expect(world.proposals.open()).toMatchObject([{ id: proposal!.id }]);
    expect((await world.judgements.findLatest()).map(({ verdict }) => verdict)).toEqual(['unsure']);
  });
});

describe('undoAction, for any two relations', () => {
  const text = fc.option(fc.constantFrom('x', 'Y', 'x '), { nil: null });
  const values = fc.record({ tradeName: text, vat: text, email: text, phone: text, website: text });
  const line = fc.option(fc.constantFrom('Kade 9', 'Hof 3', ''), { nil: null });

  it('merge and undo together change nothing (F72)', async () => {
    await fc.assert(
      fc.asyncProperty(
        values,
        values,
        fc.tuple(line, line),
        fc.boolean(),
        async (one, other, lines, isBlocked) => {
          world = aRelationsWorld(3);
          const p = account(1, 0, { ...one, address: lines[0] === null ? null : anAddress(lines[0]) });
          const q = {
            ...account(2, 1, { ...other, address: lines[1] === null ? null : anAddress(lines[1]) }),
            isBlocked,
          };
          await world.sync([p, q], { runKind: 'initial', contactHandling: 'manual' });
          const before = await state();
          const { actionId } = await merge(world.proposals.open()[0]!);
          await undo(actionId);
          expect({ ...(await state()), verdicts: [] }).toEqual({ ...before, verdicts: [] });
        },
      ),
      { numRuns: 100 },
    );
  });
});
