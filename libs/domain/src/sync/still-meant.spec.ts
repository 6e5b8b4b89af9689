import { beforeEach, describe, expect, it } from 'vitest';
import { asId, type RelationId } from '../kernel/index.js';
import type { Relation } from '../relations/index.js';
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
import { sendWrite } from './send-write.js';
import type { WriteIntent } from './write-intent.js';

const amsterdam = anAdministration({ division: 900_001, state: 'active' });
const account = aStoredAccount(1);
const anonymous = { shared: { name: 'Anoniem' }, local: { isAnonymised: true } } as const;
const intent = aWriteIntent({ patch: { phone: '0318-777222' } });
const ofPart = aPartWrite({ kind: 'create', part: { kind: 'bank-account', exactId: null, was: null } });
const elsewhere = asId<RelationId>('00000000-0000-7000-8000-0000000000e9');
const relation: Relation = {
  ...{ id: intent.relationId, values: account.fields.shared, leading: {}, searchText: '' },
  ...{ state: 'active', survivorId: null, isIntercompany: false, version: 1 },
  ...{ createdAt: intent.createdAt, updatedAt: intent.createdAt },
};

let world: SyncWorld;
let exact: InMemoryWriteSource;
beforeEach(async () => {
  world = aSyncWorld([amsterdam]);
  exact = new InMemoryWriteSource([anAccountRow(1)]);
  await fetch(account);
  await world.link({ sourceRelationId: account.id, relationId: intent.relationId });
});
function fetch(row: typeof account, isFullRead = true) {
  const now = world.time;
  const at = { administrationId: amsterdam.id, runId: aSyncRun().id, now, writtenSince: now, isFullRead };
  return world.sourceStore.upsertAccounts(at, [row]);
}
async function send(write: WriteIntent) {
  if (!(await world.writeIntents.findById(write.id))) await world.writeIntents.addMany([write]);
  return sendWrite({ ...world.deps, source: exact }, { tenantId: world.tenantId, intentId: write.id });
}
const stored = () => world.writeIntents.findById(intent.id);

describe.each([
  ['an account', intent],
  ['a part of an account', ofPart],
])('a write to %s', (_, write) => {
  it('is taken back when a person took the account out of the relation meanwhile', async () => {
    await world.link({ sourceRelationId: account.id, relationId: elsewhere });
    expect(await send(write)).toEqual({ kind: 'nothing-to-do' });
    expect([exact.writes, exact.partCreates]).toEqual([[], []]);
    expect(await stored()).toMatchObject({ state: 'superseded', settledAt: world.time });
  });

  it('follows its relation into the one that it was merged into', async () => {
    await world.link({ sourceRelationId: account.id, relationId: elsewhere });
    const merged = { state: 'merged', survivorId: elsewhere } as const;
    await world.relations.addMany([
      { ...relation, ...merged },
      { ...relation, id: elsewhere },
    ]);
    expect(await send(write)).toEqual({ kind: 'confirmed' });
  });

  it('writes nothing personal into an account that is anonymous by now, and keeps nothing of it', async () => {
    await fetch(aStoredAccount(1, anonymous));
    exact.put(anAccountRow(1, anonymous));
    expect(await send({ ...write, state: 'uncertain', attempts: 1 })).toEqual({ kind: 'nothing-to-do' });
    expect([exact.writes, exact.partCreates]).toEqual([[], []]);
    expect(await stored()).toMatchObject({ state: 'superseded', patch: {} });
  });
});

it('keeps nothing of a write whose account became anonymous while it was under way', async () => {
  exact.onWrite = () => fetch(aStoredAccount(1, anonymous));
  expect(await send(intent)).toEqual({ kind: 'nothing-to-do' });
  expect(await stored()).toMatchObject({ state: 'superseded', patch: {} });
  expect(await world.sourceStore.findRelation(account.id)).toMatchObject({
    fields: { shared: { name: 'Anoniem', phone: null } },
  });
});

it('writes nothing into an account that Exact made anonymous and nobody has fetched since', async () => {
  exact.put(anAccountRow(1, anonymous));
  expect(await send(intent)).toEqual({ kind: 'overtaken' });
  expect(exact.writes).toEqual([]);
});

it('fails for good when its account is gone', async () => {
  const at = { administrationId: amsterdam.id, runId: aSyncRun().id, now: world.time };
  await world.sourceStore.markDeleted({ ...at, writtenSince: at.now, isFullRead: false }, [
    { entity: 'account', exactId: account.exactId },
  ]);
  expect(await send(intent)).toEqual({ kind: 'nothing-to-do' });
  expect(await stored()).toMatchObject({ state: 'failed', failure: { kind: 'account-gone' } });
});
