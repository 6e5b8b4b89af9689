import { beforeEach, describe, expect, it } from 'vitest';
import {
  anAccountRow,
  anAdministration,
  aPartWrite,
  aStoredAccount,
  aSyncRun,
  aSyncWorld,
  aWriteIntent,
  InMemoryWriteSource,
  type SyncWorld,
} from '../testing/index.js';
import type { PartFields } from '../relations/index.js';
import { sendWrite } from './send-write.js';
import { writeAttemptsMax } from './settle-write.js';
import { dueOnReturn, type PartWrite } from './write-intent.js';

const activatedAt = new Date('2026-11-01T09:00:00Z');
const amsterdam = anAdministration({ division: 900_001, state: 'active', activatedAt });
const account = aStoredAccount(1);
const intent = aPartWrite({ sourceRelationId: account.id });
const exactId = intent.part.exactId ?? '';
const fields = { firstName: 'Bram', email: 'bram@eik.test', phone: '0318-111111' };
const ref = { administrationId: amsterdam.id, kind: 'contact', exactId } as const;

let world: SyncWorld;
let exact: InMemoryWriteSource;
beforeEach(async () => {
  world = aSyncWorld([amsterdam]);
  exact = new InMemoryWriteSource([anAccountRow(1)]);
  const now = world.time;
  const context = {
    ...{ administrationId: amsterdam.id, runId: aSyncRun().id },
    ...{ now, writtenSince: now, isFullRead: true },
  };
  const row = { exactId, accountExactId: account.exactId, rowVersion: null, fields };
  exact.putPart('contact', row);
  await world.link({ sourceRelationId: account.id, relationId: intent.relationId });
  await world.sourceStore.upsertAccounts(context, [account]);
  await world.sourceStore.upsertParts(context, 'contact', [row]);
});
async function send(write: PartWrite = intent) {
  if (!(await world.writeIntents.findById(write.id))) await world.writeIntents.addMany([write]);
  return sendWrite({ ...world.deps, source: exact }, { tenantId: world.tenantId, intentId: write.id });
}
const stored = () => world.writeIntents.findById(intent.id);

describe('a write to a part', () => {
  it('changes only the given fields, and keeps what was read back, so that the echo is no change', async () => {
    expect(await send()).toEqual({ kind: 'confirmed' });
    expect(exact.partWrites).toEqual([{ exactId, phone: '0318-222222' }]);
    expect(await world.sourceParts.find(ref)).toMatchObject({
      fields: { ...fields, phone: '0318-222222' },
      base: null,
    });
    expect(await send()).toEqual({ kind: 'nothing-to-do' });
  });

  it.each(['planned', 'uncertain'] as const)(
    'waits, when it is %s, for a removed administration to return, and holds up nothing else meanwhile',
    async (state) => {
      await world.writeIntents.addMany([{ ...intent, state }]);
      await world.administrations.save({ ...amsterdam, state: 'removed' });
      expect(await send()).toEqual({ kind: 'nothing-to-do' });
      expect(await stored()).toMatchObject({ state, dueAt: dueOnReturn });
      expect(exact.partWrites).toEqual([]);

      await world.administrations.save({ ...amsterdam, state: 'active' });
      const later = new Date(intent.createdAt.getTime() + 1_000);
      const rename = aWriteIntent({ id: 'rename' as PartWrite['id'], sourceRelationId: account.id });
      await world.writeIntents.addMany([{ ...rename, createdAt: later }]);
      const command = { tenantId: world.tenantId, intentId: rename.id };
      expect(await sendWrite({ ...world.deps, source: exact }, command)).toEqual({ kind: 'confirmed' });
    },
  );

  it('ends when its administration is removed before it ever was active: nothing newer replaces it meanwhile', async () => {
    await world.administrations.save({ ...amsterdam, state: 'removed', activatedAt: null });
    expect(await send()).toEqual({ kind: 'nothing-to-do' });
    expect(await stored()).toMatchObject({ state: 'superseded' });
  });

  it('waits for no write of a plan to its account whose turn comes in days', async () => {
    const inDays = new Date(world.time.getTime() + 3 * 86_400_000);
    const rename = aWriteIntent({ id: 'rename' as PartWrite['id'], sourceRelationId: account.id });
    const earlier = new Date(intent.createdAt.getTime() - 1_000);
    await world.writeIntents.addMany([{ ...rename, purpose: 'plan', createdAt: earlier, dueAt: inDays }]);
    expect(await send()).toEqual({ kind: 'confirmed' });
  });

  it('waits for its own endpoint: what closes that of accounts later or sooner is another issue', async () => {
    const in30Minutes = new Date(world.time.getTime() + 1_800_000);
    exact.next = { kind: 'suspended', until: in30Minutes, status: 'crm/Contacts' };
    await send();
    const rename = aWriteIntent({ id: 'rename' as PartWrite['id'], sourceRelationId: account.id });
    await world.writeIntents.save({ ...intent, state: 'superseded' });
    await world.writeIntents.addMany([rename]);
    const in10Minutes = new Date(world.time.getTime() + 600_000);
    exact.next = { kind: 'suspended', until: in10Minutes, status: 'crm/Accounts' };
    await sendWrite({ ...world.deps, source: exact }, { tenantId: world.tenantId, intentId: rename.id });
    const told = () =>
      world.issues.all().map(({ state, params }) => [state, params['kind'], params['until']]);
    const contacts = ['open', 'contacts', in30Minutes.toISOString()];
    expect(told()).toEqual([contacts, ['open', 'accounts', in10Minutes.toISOString()]]);
    world.time = in10Minutes;
    await sendWrite({ ...world.deps, source: exact }, { tenantId: world.tenantId, intentId: rename.id });
    expect(told()).toEqual([contacts, ['resolved', 'accounts', in10Minutes.toISOString()]]);
  });

  it('is looked up after a lost answer, and not made again (F39)', async () => {
    exact.next = 'lost-after-write';
    expect(await send()).toMatchObject({ kind: 'waiting' });
    expect(await stored()).toMatchObject({ state: 'uncertain' });
    world.advance(60_000);
    expect(await send()).toEqual({ kind: 'confirmed' });
    expect(exact.partWrites).toHaveLength(1);
  });

  describe('that nobody wants any more', () => {
    const dropped: PartWrite = {
      ...{ ...intent, state: 'uncertain', attempts: 1 },
      part: { ...intent.part, isDropped: true },
    };
    const put = (over: PartFields) =>
      exact.putPart('contact', {
        ...{ exactId, accountExactId: account.exactId, rowVersion: null },
        fields: { ...fields, ...over },
      });

    it('is confirmed where it had arrived, so that it is no edit of somebody', async () => {
      put({ phone: '0318-222222' });
      expect(await send(dropped)).toEqual({ kind: 'confirmed' });
      expect(await world.sourceParts.find(ref)).toMatchObject({
        fields: { phone: '0318-222222' },
        base: null,
      });
      expect(exact.partWrites).toEqual([]);
    });

    it.each([
      ['did not arrive', dropped],
      ['is not there any more', { ...dropped, part: { ...dropped.part, exactId: account.exactId } }],
      [
        'was not made',
        { ...dropped, kind: 'create', part: { ...dropped.part, kind: 'address', exactId: null, was: null } },
      ],
    ] as const)('ends without a word to anybody, and is not sent, where it %s', async (_, write) => {
      await send(write);
      expect(await stored()).toMatchObject({ state: 'superseded', failure: null });
      expect([...exact.partWrites, ...exact.partCreates]).toEqual([]);
      expect(world.issues.all()).toEqual([]);
    });

    it('is looked up until that is known', async () => {
      exact.nextReads = [{ kind: 'unavailable', retryAt: null, reason: 'HTTP 503' }];
      expect(await send(dropped)).toMatchObject({ kind: 'waiting' });
      expect(await stored()).toMatchObject({ state: 'uncertain', part: { isDropped: true } });
    });

    it('keeps what did arrive where somebody edited the rest since', async () => {
      const both = { email: 'nieuw@eik.test', phone: '0318-222222' };
      const was = { email: fields.email, phone: fields.phone };
      put({ email: both.email });
      expect(await send({ ...dropped, patch: both, part: { ...dropped.part, was } })).toEqual({
        kind: 'confirmed',
      });
      expect(await stored()).toMatchObject({ patch: { email: both.email } });
      expect(exact.partWrites).toEqual([]);
    });

    it('tells a later one to the same part that it never arrived', async () => {
      const later = {
        ...intent,
        id: 'later' as PartWrite['id'],
        createdAt: new Date(intent.createdAt.getTime() + 1_000),
        part: { ...intent.part, was: intent.patch },
        patch: { phone: '0318-333333' },
      };
      await world.writeIntents.addMany([dropped, later]);
      await send(dropped);
      expect(await send(later)).toEqual({ kind: 'confirmed' });
      expect(exact.partWrites).toEqual([{ exactId, phone: '0318-333333' }]);
    });
  });

  it('overwrites no edit that nobody has fetched yet', async () => {
    exact.putPart('contact', {
      exactId,
      accountExactId: account.exactId,
      rowVersion: null,
      fields: { ...fields, phone: '0318-999999' },
    });
    expect(await send()).toEqual({ kind: 'overtaken' });
    expect(exact.partWrites).toEqual([]);
    expect(await stored()).toMatchObject({ state: 'superseded' });
    expect(await world.sourceParts.find(ref)).toMatchObject({ fields });
  });

  it('withholds only what somebody edited meanwhile, and writes the rest', async () => {
    const phoneEdited = { ...fields, phone: '0318-999999' };
    exact.putPart('contact', {
      exactId,
      accountExactId: account.exactId,
      rowVersion: null,
      fields: phoneEdited,
    });
    const both: PartWrite = {
      ...intent,
      patch: { email: 'nieuw@eik.test', phone: '0318-222222' },
      part: { ...intent.part, was: { email: fields.email, phone: fields.phone } },
    };
    expect(await send(both)).toEqual({ kind: 'confirmed' });
    expect(exact.partWrites).toEqual([{ exactId, email: 'nieuw@eik.test' }]);
    expect(await stored()).toMatchObject({ patch: { email: 'nieuw@eik.test' } });
    expect(await world.sourceParts.findUncompared(5)).toMatchObject([
      { base: { phone: fields.phone }, fields: { phone: '0318-999999' } },
    ]);
  });

  it('brings to light what else changed in Exact: it stays to be compared', async () => {
    const edited = { ...fields, email: 'bram.de.boer@eik.test' };
    exact.putPart('contact', {
      exactId,
      accountExactId: account.exactId,
      rowVersion: null,
      fields: edited,
    });
    await send();
    expect(await world.sourceParts.findUncompared(5)).toMatchObject([
      { base: { email: fields.email, phone: '0318-222222' }, fields: { email: edited.email } },
    ]);
  });

  it('tells it when Exact drops a value without a word, and when the part is gone', async () => {
    exact.next = 'dropped';
    expect(await send()).toEqual({ kind: 'failed' });
    expect(await stored()).toMatchObject({ failure: { kind: 'silently-dropped' } });
    const other = { ...intent, id: aPartWrite().id.replace('d1', 'd9') as typeof intent.id };
    const gone = { ...other, part: { ...intent.part, exactId: account.exactId } };
    expect(await send(gone)).toEqual({ kind: 'failed' });
    expect(world.issues.all().map(({ cause }) => cause)).toEqual(['write-refused', 'write-refused']);
  });
});

describe('a later write to the same part', () => {
  const later: PartWrite = {
    ...intent,
    id: intent.id.replace('d1', 'd2') as typeof intent.id,
    createdAt: new Date(intent.createdAt.getTime() + 1_000),
    part: { ...intent.part, was: intent.patch },
    patch: { phone: '0318-333333' },
  };
  const openIssues = () => world.issues.all().filter(({ state }) => state === 'open');
  const editedTo = (phone: string) =>
    exact.putPart('contact', {
      exactId,
      accountExactId: account.exactId,
      rowVersion: null,
      fields: { ...fields, phone },
    });

  it.each([
    ['was refused', { kind: 'refused', message: 'Ongeldig.' }],
    ['was forbidden', { kind: 'right-missing', reason: 'no right' }],
    ['was dropped without a word', 'dropped'],
  ] as const)('arrives when the earlier one %s, and closes what people were told', async (_, fate) => {
    await world.writeIntents.addMany([intent, later]);
    exact.next = fate;
    expect(await send()).toEqual({ kind: 'failed' });
    expect(openIssues()).toHaveLength(1);

    expect(await send(later)).toEqual({ kind: 'confirmed' });
    expect(exact.partWrites.at(-1)).toEqual({ exactId, phone: '0318-333333' });
    expect(openIssues()).toEqual([]);
  });

  it.each([
    ['arrived', 'lost-after-write'],
    ['did not arrive', { kind: 'unavailable', retryAt: null, reason: 'HTTP 503' }],
  ] as const)('arrives when an earlier one was given up in doubt that %s', async (_, fate) => {
    await world.writeIntents.addMany([
      { ...intent, state: 'uncertain', attempts: writeAttemptsMax - 1 },
      later,
    ]);
    exact.next = fate;
    expect(await send()).toEqual({ kind: 'failed' });
    expect(await send(later)).toEqual({ kind: 'confirmed' });
    expect(exact.partWrites.at(-1)).toEqual({ exactId, phone: '0318-333333' });
  });

  it('still overwrites no edit after one that was given up in doubt', async () => {
    await world.writeIntents.addMany([
      { ...intent, state: 'uncertain', attempts: writeAttemptsMax - 1 },
      later,
    ]);
    exact.next = 'lost-after-write';
    await send();
    editedTo('0318-999999');
    expect(await send(later)).toEqual({ kind: 'overtaken' });
  });

  it('arrives after one in doubt and a refused one that stood between', async () => {
    const last: PartWrite = {
      ...later,
      id: intent.id.replace('d1', 'd3') as typeof intent.id,
      createdAt: new Date(later.createdAt.getTime() + 1_000),
      part: { ...intent.part, was: later.patch },
      patch: { phone: '0318-444444' },
    };
    await world.writeIntents.addMany([
      { ...intent, state: 'uncertain', attempts: writeAttemptsMax - 1 },
      later,
      last,
    ]);
    exact.next = { kind: 'unavailable', retryAt: null, reason: 'HTTP 503' };
    expect(await send()).toEqual({ kind: 'failed' });
    exact.next = { kind: 'refused', message: 'Ongeldig.' };
    expect(await send(later)).toEqual({ kind: 'failed' });
    expect(await send(last)).toEqual({ kind: 'confirmed' });
  });

  it('leaves what people were told of the earlier one when somebody edited the part meanwhile', async () => {
    await world.writeIntents.addMany([intent, later]);
    exact.next = { kind: 'refused', message: 'Ongeldig.' };
    await send();
    editedTo('0318-999999');
    expect(await send(later)).toEqual({ kind: 'overtaken' });
    expect(openIssues()).toMatchObject([{ cause: 'write-refused' }]);
  });
});

describe('a write that makes a part', () => {
  const postal = { type: 'postal', line1: 'Postbus 1' };
  const make: PartWrite = {
    ...intent,
    kind: 'create',
    part: { kind: 'address', exactId: null, was: null },
    patch: postal,
  };

  it('makes it once, also when the answer is lost, and keeps it', async () => {
    exact.next = 'lost-after-write';
    expect(await send(make)).toMatchObject({ kind: 'waiting' });
    world.advance(60_000);
    expect(await send(make)).toEqual({ kind: 'confirmed' });
    expect(exact.partCreates).toHaveLength(1);
    expect(await world.sourceParts.findOfAccounts([account.id])).toMatchObject([
      { kind: 'address', fields: postal },
      { kind: 'contact' },
    ]);
  });

  it('is looked up, and not planned anew, when only the reading back met a limit', async () => {
    exact.nextReads = [{ kind: 'limited', until: new Date(world.time.getTime() + 30_000), window: 'minute' }];
    expect(await send(make)).toMatchObject({ kind: 'waiting' });
    expect(await stored()).toMatchObject({ state: 'uncertain', attempts: 1 });
    world.advance(60_000);
    expect(await send(make)).toEqual({ kind: 'confirmed' });
    expect(exact.partCreates).toHaveLength(1);
  });

  it('changes what an earlier write made when that says something else by now, and nothing that somebody edited', async () => {
    await send(make);
    const [made] = await exact
      .findParts(amsterdam as never, { kind: 'address', accountExactId: account.exactId })
      .then((found) => (found.ok ? found.value : []));
    const moved: PartWrite = {
      ...make,
      id: intent.id.replace('d1', 'd2') as typeof intent.id,
      part: { ...make.part, was: postal },
      patch: { ...postal, line1: 'Postbus 22' },
    };
    expect(await send(moved)).toEqual({ kind: 'confirmed' });
    expect(exact.partWrites).toMatchObject([{ exactId: made?.exactId, line1: 'Postbus 22' }]);
    const again = { ...moved, id: intent.id.replace('d1', 'd3') as typeof intent.id };
    expect(await send({ ...again, patch: { ...postal, line1: 'Postbus 333' } })).toEqual({
      kind: 'overtaken',
    });
  });

  it('is not told that one of another type was refused', async () => {
    const line1 = 'Postbus 1';
    const visit = { ...make, part: { ...make.part, was: { type: 'visit', line1: 'Laan 9' } } };
    const refused: PartWrite = { ...visit, patch: { type: 'visit', line1 } };
    const moved: PartWrite = {
      ...make,
      id: intent.id.replace('d1', 'd2') as typeof intent.id,
      createdAt: new Date(intent.createdAt.getTime() + 1_000),
      part: { ...make.part, was: postal },
      patch: { ...postal, line1: 'Postbus 22' },
    };
    await world.writeIntents.addMany([refused, moved]);
    exact.next = { kind: 'refused', message: 'Ongeldig.' };
    expect(await send(refused)).toEqual({ kind: 'failed' });
    expect((await world.writeIntents.findById(moved.id))?.part?.was).toEqual(postal);
  });

  it('adopts a bank account that has the number already, whoever holds it', async () => {
    const number = 'NL20INGB0001234567';
    const there = { number: 'NL20 INGB 0001 2345 67', bic: 'INGBNL2A', holder: 'De Eik Holding' };
    exact.putPart('bank-account', {
      exactId,
      accountExactId: account.exactId,
      rowVersion: null,
      fields: there,
    });
    const bank: PartWrite = {
      ...make,
      part: { ...make.part, kind: 'bank-account' },
      patch: { number, holder: 'De Eik' },
    };
    expect(await send(bank)).toEqual({ kind: 'confirmed' });
    expect(exact.partCreates).toEqual([]);
    expect(await world.sourceParts.find({ ...ref, kind: 'bank-account' })).toMatchObject({ fields: there });
  });

  it.each([
    ['bank account', 'bank-account', { number: 'NL20INGB0001234567' }, { number: 'NL91ABNA0417164300' }],
    ['address', 'address', postal, { type: 'invoice', line1: 'Postbus 1' }],
    ['contact person', 'contact', { lastName: 'De Boer' }, { lastName: 'Smit' }],
  ] as const)(
    'leaves what people were told of another new %s of the account',
    async (_, kind, patch, otherPatch) => {
      const refused: PartWrite = { ...make, part: { kind, exactId: null, was: null }, patch };
      const other = { ...refused, id: intent.id.replace('d1', 'd2') as typeof intent.id, patch: otherPatch };
      exact.next = { kind: 'refused', message: 'Ongeldig.' };
      expect(await send(refused)).toEqual({ kind: 'failed' });
      expect(await send(other)).toEqual({ kind: 'confirmed' });
      expect(world.issues.all()).toMatchObject([{ state: 'open', params: { intentId: refused.id } }]);

      const again = { ...refused, id: intent.id.replace('d1', 'd3') as typeof intent.id };
      expect(await send(again)).toEqual({ kind: 'confirmed' });
      expect(world.issues.all()).toMatchObject([{ state: 'resolved' }]);
    },
  );

  it('is told of without its number or name in the key, which outlives them', async () => {
    exact.next = { kind: 'refused', message: 'Ongeldig.' };
    await send({
      ...make,
      part: { kind: 'bank-account', exactId: null, was: null },
      patch: { number: '0001234567' },
    });
    exact.next = { kind: 'refused', message: 'Ongeldig.' };
    await send({
      ...make,
      id: intent.id.replace('d1', 'd2') as typeof intent.id,
      part: { kind: 'contact', exactId: null, was: null },
      patch: { lastName: 'De Boer' },
    });
    const keys = world.issues.all().map(({ causeKey }) => causeKey.toLowerCase());
    expect(keys).toHaveLength(2);
    expect(keys.filter((key) => /1234567|boer/.test(key))).toEqual([]);
  });

  it('makes none beside one of the same type that somebody made meanwhile', async () => {
    exact.putPart('address', {
      exactId,
      accountExactId: account.exactId,
      rowVersion: null,
      fields: { ...postal, isMain: true, line1: 'Postbus 7' },
    });
    expect(await send(make)).toEqual({ kind: 'overtaken' });
    expect(exact.partCreates).toEqual([]);
  });
});
