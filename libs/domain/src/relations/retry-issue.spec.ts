import { beforeEach, describe, expect, it } from 'vitest';
import { unwrittenParam, writeFailures, writeIssueOf, type WriteFailure } from '../issues/index.js';
import { asId, type Actor, type IssueId, type SourceRelationId } from '../kernel/index.js';
import type { PartKind, PartWrite, WriteIntent } from '../sync/index.js';
import {
  aPartWrite,
  aRelationsWorld,
  aSourceRelation,
  aWriteIntent,
  idOf,
  type RelationsWorld,
} from '../testing/index.js';
import { editRelation } from './edit-relation.js';
import type { PartFields } from './parts/source-part.js';
import { retryIssue } from './retry-issue.js';
import { subjectOf } from './parts/written-part.js';
import { useRelation } from './use-relation.js';

const anna: Actor = { id: 'u1', name: 'Anna', kind: 'person' };
const bert: Actor = { id: 'u2', name: 'Bert', kind: 'person' };
const failure = { kind: 'refused', message: 'Nee.' };

let world: RelationsWorld;
beforeEach(async () => {
  world = aRelationsWorld(3);
  await world.sync([account(1, 0), account(2, 1)], { runKind: 'initial' });
});

function account(id: number, company: number) {
  const administrationId = world.companies[company]!.id; // every spec has three
  const shared = { name: 'De Eik B.V.', kvk: '99000031', email: 'oud@eik.test' };
  return aSourceRelation({ id: idOf(id), administrationId, shared });
}
const relation = () => world.relationOf(idOf(1));
const at = () => world.deps.now();

async function edit(values: { email?: string; phone?: string }) {
  const { id: relationId, version } = await relation();
  const command = { tenantId: world.tenantId, relationId, version, values, actor: anna };
  if (!(await editRelation(world.deps, command)).ok) throw new Error('not edited');
}

/** What a worker does whose write Exact refuses. */
async function fail(
  intent: WriteIntent,
  { cause = 'write-refused', ...over }: Partial<Pick<WriteIntent, 'failure'>> & { cause?: WriteFailure } = {},
) {
  await world.writeIntents.save({ ...intent, state: 'failed', failure, settledAt: at(), ...over });
  const causeKey = writeIssueOf(cause, subjectOf(intent));
  const { id: intentId, administrationId, patch, kind } = intent;
  const fields = kind === 'update' ? unwrittenParam(Object.keys(patch)) : {};
  const trouble = { cause, causeKey, administrationId };
  await world.issues.report([{ ...trouble, params: { intentId, ...fields } }], at());
}
const bram = { firstName: 'Bram', lastName: 'De Boer' };
/** What a contact person of the account says: of one of the other account unless told otherwise. */
async function said(
  fields: PartFields,
  {
    account = 2,
    exactId = idOf(50),
    kind = 'contact',
  }: { account?: number; exactId?: string; kind?: PartKind } = {},
) {
  const ref = { administrationId: world.companies[account - 1]!.id, kind, exactId };
  const part = { ...ref, sourceRelationId: asId<SourceRelationId>(idOf(account)), fields, base: null };
  await world.sourceParts.storeReadBack({ ...part, modifiedAt: null, written: {} }, at());
}
/** A write to a contact person of the first account, who is there. */
async function aPartOfOne(patch: PartFields = aPartWrite().patch, over: Partial<PartWrite> = {}) {
  const [administrationId, relationId] = [world.companies[0]!.id, (await relation()).id];
  const part = aPartWrite({
    ...{ administrationId, relationId, patch },
    sourceRelationId: asId<SourceRelationId>(idOf(1)),
    ...over,
  });
  if (part.part.kind === 'contact') await said(bram, { account: 1, exactId: part.part.exactId ?? '' });
  await world.writeIntents.addMany([part]);
  return part;
}
const writesTo = (id: number) =>
  world.writeIntents.all().filter(({ sourceRelationId }) => sourceRelationId === idOf(id));
const open = () => world.writeIntents.all().filter(({ state }) => state === 'planned');
const issue = () => world.issues.all().at(-1)!; // every spec reported one
const retry = (issueId: IssueId = issue().id) =>
  retryIssue(world.deps, { tenantId: world.tenantId, issueId, actor: bert });
const resyncs = () => world.outbox.kinds().filter((kind) => kind === 'start-resync');

describe('retrying an issue', () => {
  it('resyncs its administration, or all that are active, and refuses once it is closed', async () => {
    const [first, second, third] = world.companies;
    await world.administrations.save({ ...third!, state: 'paused' });
    const ofOne = {
      cause: 'right-missing',
      causeKey: 'right-missing:a',
      administrationId: second!.id,
    } as const;
    await world.issues.report([{ ...ofOne, params: {} }], at());
    expect((await retry()).ok).toBe(true);
    expect(world.outbox.messages().at(-1)).toEqual({ kind: 'start-resync', administrationIds: [second!.id] });
    const trouble = { cause: 'fetch-failed', causeKey: 'fetch-failed:a', administrationId: null } as const;
    await world.issues.report([{ ...trouble, params: {} }], at());
    expect((await retry()).ok).toBe(true);
    const administrationIds = [first!.id, second!.id];
    expect(world.outbox.messages().at(-1)).toEqual({ kind: 'start-resync', administrationIds });

    await world.issues.resolve([trouble.causeKey], at(), 'Koppel');
    expect(await retry()).toMatchObject({ ok: false, error: { kind: 'issue-closed', state: 'resolved' } });
    const unknown = asId<IssueId>(idOf(99));
    expect(await retry(unknown)).toEqual({ ok: false, error: { kind: 'not-found' } });
  });
});

describe('retrying a write that failed', () => {
  it('means it again, with what the relation says by now, and nothing else', async () => {
    await edit({ email: 'eerst@eik.test' });
    await fail(writesTo(1)[0]!);
    await edit({ email: 'nu@eik.test', phone: '0318-222222' });
    await world.writeIntents.save({ ...writesTo(1)[1]!, state: 'superseded', settledAt: at() });

    expect((await retry()).ok).toBe(true);

    const [again] = open().filter(({ sourceRelationId }) => sourceRelationId === idOf(1));
    expect(again).toMatchObject({ patch: { email: 'nu@eik.test' }, createdBy: 'Bert', attempts: 0 });
    expect(world.outbox.messages().at(-1)).toEqual({ kind: 'send-write', intentId: again?.id });
    expect(resyncs()).toEqual([]);
    expect(issue().state).toBe('open');
  });

  it('is over in the fields in which nothing is to be written any more, and stays open for the others', async () => {
    await edit({ email: 'nu@eik.test', phone: '0318-222222' });
    await fail(writesTo(1)[0]!);
    await edit({ email: 'oud@eik.test' });
    await retry();
    expect(issue()).toMatchObject({ state: 'open', params: { fields: 'phone' } });
    expect(writesTo(1).filter(({ state }) => state === 'planned')).toMatchObject([
      { patch: { phone: '0318-222222' } },
    ]);
  });

  it.each(writeFailures)('means it again whatever it is told of by: %s', async (cause) => {
    await edit({ email: 'nu@eik.test' });
    await fail(writesTo(1)[0]!, { cause });
    await retry();
    expect(writesTo(1).filter(({ state }) => state === 'planned')).toMatchObject([
      { patch: { email: 'nu@eik.test' } },
    ]);
    expect([resyncs(), issue().state]).toEqual([[], 'open']);
  });

  it('twice means it once', async () => {
    await edit({ email: 'nu@eik.test' });
    await fail(writesTo(1)[0]!);
    await retry();
    await retry();
    expect(writesTo(1).filter(({ state }) => state === 'planned')).toHaveLength(1);
  });

  it('closes the issue when the account is to say nothing else any more', async () => {
    await edit({ email: 'nu@eik.test' });
    await fail(writesTo(1)[0]!);
    await edit({ email: 'oud@eik.test' });
    await retry();
    expect(issue()).toMatchObject({ state: 'resolved', closedBy: 'Bert' });
  });

  it('resyncs instead while the administration takes no writes', async () => {
    await edit({ email: 'nu@eik.test' });
    await fail(writesTo(1)[0]!);
    await world.administrations.save({ ...world.companies[0]!, state: 'paused' });
    await retry();
    expect([resyncs(), issue().state]).toEqual([['start-resync'], 'open']);
  });

  it('sends a new account again, once, and looks first when it may be there already', async () => {
    const { id: relationId } = await relation();
    const administrationId = world.companies[2]!.id;
    const use = () =>
      useRelation(world.deps, { tenantId: world.tenantId, relationId, administrationId, actor: anna });
    await use();
    const [create] = open();
    await fail({ ...create!, attempts: 3, sentAt: at() });
    await retry();
    expect(open()).toMatchObject([
      { id: create?.id, failure: null, attempts: 3, triesBefore: 3, sentAt: null },
    ]);

    const sentAt = at();
    await fail({ ...create!, sentAt }, { failure: { kind: 'uncertain', message: 'HTTP 503' } });
    await retry();
    expect(await world.writeIntents.findById(create!.id)).toMatchObject({ state: 'uncertain', sentAt });

    await fail(create!);
    await use();
    await retry();
    expect(open()).toHaveLength(1);
    expect(await world.writeIntents.findById(create!.id)).toMatchObject({ state: 'failed' });
  });

  it('sends of a write to a part only what the same one of another account still says, and tells of no more', async () => {
    await said({ ...bram, phone: '0318-222222', email: 'terug@eik.test' });
    const part = await aPartOfOne({ phone: '0318-222222', email: 'nieuw@eik.test' });
    await fail(part);
    await retry();
    expect(open()).toMatchObject([{ id: part.id }]);
    expect(open()[0]?.patch).toEqual({ phone: '0318-222222' });
    expect(issue()).toMatchObject({ state: 'open', params: { fields: 'phone' } });
  });

  it('wants a write to a part again that was dropped in doubt, and was looked up in vain', async () => {
    await said({ ...bram, phone: '0318-222222' });
    const part = await aPartOfOne();
    const failure = { kind: 'uncertain', message: 'HTTP 503' };
    await fail({ ...part, part: { ...part.part, isDropped: true } }, { failure });
    expect(await retry()).toMatchObject({ ok: true });
    const again = await world.writeIntents.findById(part.id);
    expect([again?.state, again?.part]).toEqual(['uncertain', part.part]);
  });

  it('closes the issue when what was meant for a part was taken back where it came from', async () => {
    await said({ ...bram, phone: '0318-111111' });
    await fail(await aPartOfOne());
    await retry();
    expect([open(), resyncs(), issue()]).toMatchObject([[], [], { state: 'resolved', closedBy: 'Bert' }]);
  });

  it('knows the same person by the name that was to be written', async () => {
    await said({ firstName: 'Bram', lastName: 'De Boer-Smit', phone: '0318-222222' });
    const part = await aPartOfOne({ lastName: 'De Boer-Smit', firstName: 'Bram', phone: '0318-222222' });
    await fail(part);
    await retry();
    expect(open()).toMatchObject([{ id: part.id, patch: part.patch }]);
  });

  it.each([
    [
      'contact person',
      { kind: 'contact', exactId: idOf(60) },
      bram,
      { ...bram, firstName: 'Jan' },
      { phone: '1' },
    ],
    [
      'address',
      { kind: 'address', exactId: idOf(60) },
      { type: 'postal', isMain: true, line1: 'Oud 1' },
      { type: 'invoice', isMain: true },
      { line1: 'Nieuw 2', city: 'Ede' },
    ],
    [
      'new address',
      { kind: 'address', exactId: null },
      {},
      { type: 'postal', isMain: false, line1: 'Nieuw 2' },
      { type: 'postal', line1: 'Nieuw 2' },
    ],
    [
      'bank account',
      { kind: 'bank-account', exactId: idOf(60) },
      { number: 'NL91ABNA0417164300' },
      { number: 'NL20INGB0001234567', isBlocked: true },
      { number: 'NL20INGB0001234567' },
    ],
  ] as const)('sends nothing that only another %s says', async (_, part, own, other, patch) => {
    const { kind, exactId } = part;
    if (exactId) await said(own, { account: 1, exactId, kind });
    await said({ ...patch, ...other }, { kind });
    const over = { kind: exactId ? 'update' : 'create', part: { ...part, was: null } } as const;
    await fail(await aPartOfOne(patch, over));
    await retry();
    expect([open(), issue().state]).toEqual([[], 'resolved']);
  });

  it('sends nothing to a part that says it by now, is gone, or belongs to the relation no more', async () => {
    await said({ ...bram, phone: '0318-222222' });
    const part = await aPartOfOne();
    await said({ ...bram, phone: '0318 222 222' }, { account: 1, exactId: part.part.exactId ?? '' });
    await fail(part);
    await retry();
    expect([open(), issue().state]).toEqual([[], 'resolved']);

    await fail({ ...part, part: { ...part.part, exactId: idOf(77) } });
    await retry();
    expect([open(), issue().state]).toEqual([[], 'resolved']);

    await edit({ email: 'nu@eik.test' });
    const [ofAccount] = writesTo(1).filter(({ part: written }) => written === null);
    world.sourceRelations.put({ ...world.sourceRelations.all()[0]!, state: 'deleted' });
    await fail(ofAccount!);
    await retry();
    expect(issue().state).toBe('resolved');
  });

  it('sends everything that failed of a part and is still wanted, the latest value of each field', async () => {
    await said({ ...bram, phone: '0318-333333', email: 'nieuw@eik.test', mobile: '06-1' });
    const first = await aPartOfOne({ phone: '0318-222222', email: 'nieuw@eik.test' });
    const laterBy = (id: number, patch: PartFields): PartWrite => ({
      ...{ ...first, id: asId<typeof first.id>(idOf(id)), patch },
      createdAt: new Date(first.createdAt.getTime() + id),
    });
    const second = laterBy(98, { phone: '0318-333333' });
    const third = laterBy(99, { mobile: '06-1' });
    await world.writeIntents.addMany([second, third]);
    for (const one of [first, second]) await world.writeIntents.save({ ...one, state: 'failed', failure });
    await fail(third);
    const [told] = world.issues.all();
    const fields = unwrittenParam(['phone', 'email', 'mobile']);
    await world.issues.save({ ...told!, params: { ...told!.params, ...fields } });

    await retry();
    expect(open().map(({ id, patch }) => [id, patch])).toEqual([
      [first.id, { email: 'nieuw@eik.test' }],
      [second.id, { phone: '0318-333333' }],
      [third.id, { mobile: '06-1' }],
    ]);
    expect(issue()).toMatchObject({ state: 'open', params: fields });

    // The last of them is written; of the others people are still told.
    await world.writeIntents.save({ ...third, state: 'confirmed' });
    for (const one of [first, second]) await world.writeIntents.save({ ...one, state: 'failed', failure });
    await retry();
    expect(open().map(({ id }) => id)).toEqual([first.id, second.id]);
  });

  it('sends an address or bank account that failed twice once, as the last write says', async () => {
    const ref = { kind: 'bank-account', exactId: idOf(60) } as const;
    const number = 'NL20INGB0001234567';
    await said({ number: 'NL91ABNA0417164300' }, { account: 1, ...ref });
    await said({ number }, { kind: 'bank-account' });
    const first = await aPartOfOne(
      { number: 'NL02ABNA0123456789', holder: 'Oud' },
      { part: { ...ref, was: null } },
    );
    const createdAt = new Date(first.createdAt.getTime() + 1);
    const id = asId<typeof first.id>(idOf(98));
    const last = { ...first, id, createdAt, patch: { number, holder: 'De Eik' } };
    await world.writeIntents.addMany([last]);
    await world.writeIntents.save({ ...first, state: 'failed', failure });
    await fail(last);
    await retry();
    expect(open()).toMatchObject([{ id: last.id, patch: last.patch }]);
  });

  it('sends a new part again while another new one of the account waits', async () => {
    const part = { kind: 'bank-account', exactId: null, was: null } as const;
    const number = 'NL20INGB0001234567';
    await said({ number }, { kind: 'bank-account' });
    const one = await aPartOfOne({ number }, { kind: 'create', part });
    await fail(one);
    const other = { ...one, id: asId<typeof one.id>(idOf(98)), patch: { number: 'NL91ABNA0417164300' } };
    await world.writeIntents.addMany([other]);
    await retry();
    expect(open().map(({ id }) => id)).toEqual([one.id, other.id]);
  });

  it('sends a write to a part again, unless another one to it waits or its values are erased', async () => {
    await said({ ...bram, phone: '0318-222222', email: 'nieuw@eik.test' });
    const part = await aPartOfOne({ ...aPartWrite().patch, email: 'nieuw@eik.test' });
    await fail(part);
    await retry();
    expect(open()).toMatchObject([{ id: part.id, part: part.part, patch: part.patch }]);

    const later = { ...part, id: aWriteIntent({ id: asId(idOf(98)) }).id, patch: aPartWrite().patch };
    await fail(part);
    await world.writeIntents.addMany([later]);
    await retry();
    expect(open()).toMatchObject([{ id: part.id, patch: { email: 'nieuw@eik.test' } }, { id: later.id }]);

    await world.writeIntents.save({ ...later, state: 'confirmed' });
    await fail({ ...part, patch: {} });
    await retry();
    expect(open()).toEqual([]);
  });
});
