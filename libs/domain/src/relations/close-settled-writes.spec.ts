import { beforeEach, describe, expect, it } from 'vitest';
import { unwrittenParam, writeIssueOf, type WriteFailure } from '../issues/index.js';
import { asId, type SourceRelationId, type WriteIntentId } from '../kernel/index.js';
import type { PartKind, PartWrite, WriteIntent } from '../sync/index.js';
import {
  aPartWrite,
  aRelationsWorld,
  aSourceRelation,
  aWriteIntent,
  idOf,
  InMemoryUnitOfWork,
  type RelationsWorld,
} from '../testing/index.js';
import { closeSettledWrites } from './close-settled-writes.js';
import type { PartFields } from './parts/source-part.js';
import { subjectOf } from './parts/written-part.js';

const bram = { firstName: 'Bram', lastName: 'De Boer' };
const [eik, linde] = [{ email: 'oud@eik.test', phone: '0318-111111' }, { email: 'nieuw@eik.test' }];

let world: RelationsWorld;
beforeEach(async () => {
  world = aRelationsWorld(3);
  await world.sync([account(1, 0), account(2, 1)], { runKind: 'initial' });
});

function account(id: number, company: number) {
  const administrationId = world.companies[company]!.id; // three
  return aSourceRelation({
    id: idOf(id),
    administrationId,
    shared: { name: 'De Eik B.V.', kvk: '99000031', ...eik },
  });
}
const at = () => world.deps.now();
const relation = () => world.relationOf(idOf(1));
const close = () => closeSettledWrites(world.deps, { tenantId: world.tenantId });
const issues = () =>
  world.issues.all().map(({ state, closedBy, params }) => [state, closedBy, params['fields']]);

const states = () => world.issues.all().map(({ state }) => state);

/** What the relation says. */
async function says(values: Partial<typeof eik>) {
  const before = await relation();
  await world.relations.saveMany([{ ...before, values: { ...before.values, ...values } }]);
}
/** A write to the first account that failed, and what people are told of it. */
async function failed(write: WriteIntent, cause: WriteFailure = 'write-refused', causeKey?: string) {
  const [administrationId, relationId] = [world.companies[0]!.id, (await relation()).id];
  const intent = { ...write, administrationId, relationId, state: 'failed', settledAt: at() } as const;
  await world.writeIntents.addMany([intent]);
  const fields = intent.kind === 'update' ? unwrittenParam(Object.keys(intent.patch)) : {};
  const params = { intentId: intent.id, ...fields };
  const key = causeKey ?? writeIssueOf(cause, subjectOf(intent));
  await world.issues.report([{ cause, causeKey: key, administrationId, params }], at());
  return intent;
}
const ofAccount = (patch: Partial<typeof eik>) =>
  aWriteIntent({ sourceRelationId: asId<SourceRelationId>(idOf(1)), patch });
const ofPart = (patch: PartFields, over: Partial<PartWrite> = {}) =>
  aPartWrite({ sourceRelationId: asId<SourceRelationId>(idOf(1)), patch, ...over });
async function said(
  account: 1 | 2,
  fields: PartFields,
  exactId = idOf(50 + account),
  kind: PartKind = 'contact',
) {
  const ref = { administrationId: world.companies[account - 1]!.id, kind, exactId };
  const part = { ...ref, sourceRelationId: asId<SourceRelationId>(idOf(account)), fields, base: null };
  await world.sourceParts.storeReadBack({ ...part, modifiedAt: null, written: {} }, at());
}

describe('an issue about a write that failed', () => {
  it.each(['write-refused', 'write-exists', 'role-missing'] as const)(
    'closes when the value is taken back here, by the cause %s',
    async (cause) => {
      await says(linde);
      await failed(ofAccount(linde), cause);
      await close();
      expect(issues()).toEqual([['open', null, 'email']]);
      await says(eik);
      await close();
      expect(issues()).toEqual([['resolved', 'Koppel', 'email']]);
    },
  );

  it('goes on about the fields that are still wanted, also when its own write is not the failed one', async () => {
    await says({ ...linde, phone: '0318-222222' });
    const write = await failed(ofAccount({ ...linde, phone: '0318-222222' }));
    await world.writeIntents.save({ ...write, state: 'confirmed' });
    await says(linde);
    await says({ phone: eik.phone });
    await close();
    expect(issues()).toEqual([['open', null, 'email']]);
  });

  it('closes when somebody gave the account the value in Exact', async () => {
    await says(linde);
    await failed(ofAccount(linde));
    const [first] = world.sourceRelations.all();
    const shared = { ...first!.fields.shared, ...linde };
    world.sourceRelations.put({ ...first!, fields: { ...first!.fields, shared } });
    await close();
    expect(issues()).toEqual([['resolved', 'Koppel', 'email']]);
  });

  it('closes when the account is deleted, and stays while its administration rests', async () => {
    await says(linde);
    await failed(ofAccount(linde));
    await world.administrations.save({ ...world.companies[0]!, state: 'paused' });
    await close();
    expect(states()).toEqual(['open']);
    world.sourceRelations.put({ ...world.sourceRelations.all()[0]!, state: 'deleted' });
    await close();
    expect(states()).toEqual(['resolved']);
  });

  it('waits for a write of the same that is meant again', async () => {
    await failed(ofAccount(linde));
    const id = asId<WriteIntentId>(idOf(98));
    await world.writeIntents.addMany([{ ...ofAccount(linde), id, state: 'uncertain' }]);
    await close();
    expect(states()).toEqual(['open']);
  });

  it('closes when an account that was to be made is there', async () => {
    const administrationId = world.companies[0]!.id;
    const relationId = (await relation()).id;
    const causeKey = writeIssueOf('write-refused', {
      ...{ administrationId, relationId, sourceRelationId: null },
    });
    await failed(aWriteIntent({ kind: 'create', sourceRelationId: null }), 'write-refused', causeKey);
    await close();
    expect(states()).toEqual(['resolved']);
  });

  it('stays when an account that was to be made is not there', async () => {
    const create = aWriteIntent({ kind: 'create', sourceRelationId: null });
    await failed(create);
    await world.writeIntents.save({
      ...(await world.writeIntents.findById(create.id))!,
      administrationId: world.companies[2]!.id,
    });
    await close();
    expect(states()).toEqual(['open']);
  });

  it('costs as many questions with a hundred open ones as with one', async () => {
    await says({ ...linde, phone: '0318-222222' });
    const asked = async () => {
      let calls = 0;
      const counting = <Port extends object>(port: Port): Port =>
        new Proxy(port, {
          get(target, name) {
            const member: unknown = Reflect.get(target, name);
            if (typeof member !== 'function') return member;
            return (...given: unknown[]): unknown => {
              calls += 1;
              return Reflect.apply(member, target, given);
            };
          },
        });
      const { writeIntents, issues, relations, links, sourceRelations, sourceParts } = world;
      const tx = {
        ...{ writeIntents: counting(writeIntents), issues: counting(issues), relations: counting(relations) },
        ...{ links: counting(links), sourceRelations: counting(sourceRelations) },
        ...{ sourceParts: counting(sourceParts), administrations: counting(world.administrations) },
      };
      const uow = new InMemoryUnitOfWork(tx);
      await closeSettledWrites({ ...world.deps, uow }, { tenantId: world.tenantId });
      return calls;
    };
    await failed(ofAccount(linde));
    const ofOne = await asked();
    for (let number = 1; number < 99; number += 1) {
      const write = { ...ofAccount(linde), id: asId<WriteIntentId>(idOf(200 + number)) };
      await failed(write, 'write-refused', `write-refused:${number}`);
    }
    expect(states().filter((state) => state === 'open')).toHaveLength(99);
    expect(await asked()).toBe(ofOne);
  });

  it('is left alone when nobody knows its write any more', async () => {
    const about = { cause: 'write-refused', causeKey: 'write-refused:x', administrationId: null } as const;
    await world.issues.report(
      [
        { ...about, params: { intentId: idOf(97) } },
        { ...about, causeKey: 'write-refused:y', params: {} },
      ],
      at(),
    );
    await close();
    expect(states()).toEqual(['open', 'open']);
  });
});

describe('an issue about a write to a part that failed', () => {
  const exactId = idOf(51);
  const part = { kind: 'contact', exactId, was: null } as const;

  it('closes when nobody says the value any more, and stays while the same person does', async () => {
    await said(1, bram);
    await said(2, { ...bram, phone: '0318-222222', email: 'b@eik.test' });
    await failed(ofPart({ phone: '0318-222222', email: 'b@eik.test' }, { part }));
    await close();
    expect(issues()).toEqual([['open', null, 'email phone']]);
    await said(2, { ...bram, phone: '0318-333333', email: 'b@eik.test' });
    await close();
    expect(issues()).toEqual([['open', null, 'email']]);
    await said(2, { ...bram, firstName: 'Jan', email: 'b@eik.test', phone: '0318-222222' });
    await said(1, { ...bram, email: 'bram@eik.test' });
    await close();
    expect(states()).toEqual(['resolved']);
  });

  it('closes when the part says it by now, and when an address that was to be made is there', async () => {
    const patch = { type: 'postal', line1: 'Postbus 1', city: 'Ede' };
    await said(2, { ...patch, isMain: true }, idOf(60), 'address');
    const made = { kind: 'address', exactId: null, was: null } as const;
    await failed(ofPart(patch, { kind: 'create', part: made }));
    await close();
    expect(states()).toEqual(['open']);
    await said(1, { ...patch, line1: 'Postbus 9', isMain: true }, idOf(61), 'address');
    await close();
    expect(states()).toEqual(['resolved']);
  });

  it('closes under a key of before, which told new parts not apart, once its write succeeded', async () => {
    const number = 'NL20INGB0001234567';
    await said(2, { number }, idOf(60), 'bank-account');
    const made = { kind: 'bank-account', exactId: null, was: null } as const;
    const key = `write-refused:${idOf(1)}:bank-account:new`;
    const write = await failed(ofPart({ number }, { kind: 'create', part: made }), 'write-refused', key);
    await close();
    expect(states()).toEqual(['open']);
    await world.writeIntents.save({ ...write, state: 'confirmed' });
    await close();
    expect(states()).toEqual(['resolved']);
  });
});
