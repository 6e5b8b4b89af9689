import { describe, expect, it } from 'vitest';
import {
  asId,
  type AdministrationId,
  type RelationId,
  type SourceRelationId,
  type WriteIntentId,
} from '../kernel/index.js';
import { awaitingAnswer } from '../relations/index.js';
import { dueOnReturn, type AccountWrite, type PartWrite, type WriteIntents } from '../sync/index.js';
import { anAdministration } from './an-administration.js';

/** A planned change of the name of an account. */
export function aWriteIntent(over: Partial<AccountWrite> = {}): AccountWrite {
  return {
    id: asId<WriteIntentId>('00000000-0000-7000-8000-0000000000d1'),
    administrationId: anAdministration().id,
    relationId: asId<RelationId>('00000000-0000-7000-8000-0000000000e1'),
    sourceRelationId: asId<SourceRelationId>('00000000-0000-7000-9000-000000000001'),
    kind: 'update',
    part: null,
    patch: { name: 'Bakker Bouw B.V.' },
    state: 'planned',
    attempts: 0,
    triesBefore: 0,
    failure: null,
    purpose: 'interactive',
    createdBy: 'anna',
    createdAt: new Date('2026-11-25T09:00:00Z'),
    dueAt: new Date('2026-11-25T09:00:00Z'),
    roles: [],
    sentAt: null,
    settledAt: null,
    ...over,
  };
}

/** A planned change of the telephone number of a contact person. */
export function aPartWrite(over: Partial<PartWrite> = {}): PartWrite {
  return {
    ...aWriteIntent(),
    sourceRelationId: asId<SourceRelationId>('00000000-0000-7000-9000-000000000001'),
    part: {
      kind: 'contact',
      exactId: '00000000-0000-4000-8000-0000000000c1',
      was: { phone: '0318-111111' },
    },
    patch: { phone: '0318-222222' },
    ...over,
  };
}

/** What every WriteIntents adapter does. `make` gives an empty one. */
export function describeWriteIntentsContract(make: () => Promise<WriteIntents>): void {
  describe('WriteIntents', () => {
    const first = aWriteIntent();
    const id = asId<WriteIntentId>('00000000-0000-7000-8000-0000000000d2');
    const second = aWriteIntent({ id, createdAt: new Date('2026-11-25T08:00:00Z'), state: 'uncertain' });

    it('gives back every member of what was added', async () => {
      const intents = await make();
      await intents.addMany([first]);
      expect(await intents.findById(first.id)).toEqual(first);
      expect(await intents.findByIdForUpdate(first.id)).toEqual(first);
      expect(await intents.findById(second.id)).toBeUndefined();
      expect(await intents.findMany([second.id, first.id])).toEqual([first]);
      expect(await intents.findMany([])).toEqual([]);
    });

    it('keeps what a write to a part is about', async () => {
      const intents = await make();
      await intents.addMany([aPartWrite()]);
      expect(await intents.findById(aPartWrite().id)).toEqual(aPartWrite());
    });

    it('finds the open ones of accounts, oldest first', async () => {
      const intents = await make();
      await intents.addMany([first, second]);
      const account = asId<SourceRelationId>('00000000-0000-7000-9000-000000000001');
      expect(await intents.findOpenOf([account])).toEqual([second, first]);
      await intents.save({ ...second, state: 'confirmed', settledAt: new Date('2026-11-25T10:00:00Z') });
      expect(await intents.findOpenOf([account])).toEqual([first]);
      expect(await intents.findOpenOf([])).toEqual([]);
    });

    it('finds the last failed ones of each account, oldest first', async () => {
      const intents = await make();
      const [one, two] = [first, second].map((intent) => ({ ...intent, state: 'failed' }) as const);
      const open = aWriteIntent({ id: asId<WriteIntentId>('00000000-0000-7000-8000-0000000000d3') });
      const [account, another] = (['1', '2'] as const).map((end) =>
        asId<SourceRelationId>(`00000000-0000-7000-9000-00000000000${end}`),
      ) as [SourceRelationId, SourceRelationId];
      const other = { ...open, id: asId<WriteIntentId>('00000000-0000-7000-8000-0000000000d4') };
      const foreign = { ...other, sourceRelationId: another, state: 'failed' as const };
      await intents.addMany([one!, two!, open, foreign]); // two
      expect(await intents.findFailedOf([account], 5)).toEqual([two, one]);
      expect(await intents.findFailedOf([account], 1)).toEqual([one]);
      expect(await intents.findFailedOf([account, another], 1)).toEqual([one, foreign]);
      expect(await intents.findFailedOf([], 1)).toEqual([]);
    });

    it('finds the open create of a relation in an administration, not one of a part', async () => {
      const intents = await make();
      const create = aWriteIntent({ kind: 'create', sourceRelationId: null });
      const find = () => intents.findOpenCreate(create.relationId, create.administrationId);
      await intents.addMany([{ ...aPartWrite({ id }), kind: 'create' }]);
      expect(await find()).toBeUndefined();
      await intents.addMany([create]);
      expect(await find()).toEqual(create);
      expect(await intents.findOpenCreatesOf([create.relationId])).toEqual([create]);
      expect(await intents.findOpenCreatesOf([])).toEqual([]);
      await intents.save({ ...create, state: 'confirmed' });
      expect(await find()).toBeUndefined();
      expect(await intents.findOpenCreatesOf([create.relationId])).toEqual([]);
    });

    it('finds the open ones of parts in administrations, by id, a portion at a time', async () => {
      const intents = await make();
      const [one, two, ended] = ([1, 2, 3] as const).map((end) =>
        aPartWrite({ id: asId<WriteIntentId>(`00000000-0000-7000-8000-0000000000f${end}`) }),
      ) as [PartWrite, PartWrite, PartWrite];
      await intents.addMany([two, { ...one, state: 'uncertain' }, { ...ended, state: 'superseded' }, first]);
      const within = [one.administrationId];
      expect(await intents.findOpenPartsIn(within, null, 9)).toEqual([{ ...one, state: 'uncertain' }, two]);
      expect(await intents.findOpenPartsIn(within, null, 1)).toHaveLength(1);
      expect(await intents.findOpenPartsIn(within, one.id, 9)).toEqual([two]);
      expect(await intents.findOpenPartsIn([], null, 9)).toEqual([]);
      const elsewhere = asId<AdministrationId>('00000000-0000-7000-8000-0000000000a9');
      expect(await intents.findOpenPartsIn([elsewhere], null, 9)).toEqual([]);
    });

    it('counts what plans still have to write, per administration', async () => {
      const intents = await make();
      const elsewhere = asId<AdministrationId>('00000000-0000-7000-8000-0000000000a9');
      const newId = (number: number) => asId<WriteIntentId>(`00000000-0000-7000-8000-0000000000e${number}`);
      const create = { kind: 'create', sourceRelationId: null } as const;
      const relation = (number: number) => ({ relationId: asId<RelationId>(newId(number)) });
      const planned = [
        { ...create, ...relation(1) },
        { ...create, ...relation(2), administrationId: elsewhere },
        { state: 'uncertain' },
        { state: 'confirmed' },
        { dueAt: dueOnReturn },
        { purpose: 'resync' },
        { ...create, ...relation(3), failure: awaitingAnswer },
      ] as const;
      await intents.addMany([
        ...planned.map((over, number) => aWriteIntent({ id: newId(number + 1), purpose: 'plan', ...over })),
        { ...aPartWrite({ id: newId(9) }), kind: 'create', purpose: 'plan' },
      ]);
      const { administrationId } = aWriteIntent();
      const counted = await intents.countOpenOfPlans();
      expect(counted).toHaveLength(2);
      expect(counted).toContainEqual({ administrationId, creates: 1, others: 2 });
      expect(counted).toContainEqual({ administrationId: elsewhere, creates: 1, others: 0 });
    });

    it('makes what waits in the given administrations until a moment due, and nothing else', async () => {
      const intents = await make();
      const now = new Date('2026-11-25T10:00:00Z');
      const later = new Date('2026-11-25T10:30:00Z');
      const elsewhere = anAdministration({ id: asId('00000000-0000-7000-8000-0000000000a9') }).id;
      const [planned, uncertain, sent, ended, foreign] = (
        [{ state: 'planned' }, { state: 'uncertain' }, { state: 'sent' }, { state: 'confirmed' }, {}] as const
      ).map((over, number) =>
        aWriteIntent({
          ...{ id: asId<WriteIntentId>(`00000000-0000-7000-8000-0000000000d${number + 1}`), dueAt: later },
          ...(number === 4 ? { administrationId: elsewhere } : over),
        }),
      ) as [AccountWrite, AccountWrite, AccountWrite, AccountWrite, AccountWrite];
      const muchLater = new Date('2026-11-25T10:30:01Z');
      const itsTime = aWriteIntent({
        ...{ id: asId<WriteIntentId>('00000000-0000-7000-8000-0000000000d6'), dueAt: muchLater },
      });
      await intents.addMany([planned, uncertain, sent, ended, foreign, itsTime]);

      const woken = await intents.makeDue([planned.administrationId], { now, until: later });
      expect([...woken].sort()).toEqual([planned.id, uncertain.id]);
      expect(await intents.makeDue([], { now, until: later })).toEqual([]);

      for (const { id } of [planned, uncertain])
        expect(await intents.findById(id)).toMatchObject({ dueAt: now });
      for (const { id } of [sent, ended, foreign])
        expect(await intents.findById(id)).toMatchObject({ dueAt: later });
      expect(await intents.findById(itsTime.id)).toMatchObject({ dueAt: muchLater });
    });

    it('makes what waits behind another write to its account due, untried and until a moment, and nothing else', async () => {
      const intents = await make();
      const now = new Date('2026-11-25T10:00:00Z');
      const dueAt = new Date('2026-11-25T10:01:00Z');
      const overs: Partial<AccountWrite>[] = [
        ...[{}, { state: 'uncertain' }, { state: 'sent' }, { state: 'superseded' }, { attempts: 1 }],
        ...[{ purpose: 'plan' }, { sourceRelationId: null }, { dueAt: new Date('2026-11-25T10:01:01Z') }],
      ] as const;
      const all = overs.map((over, number) => {
        const id = asId<WriteIntentId>(`00000000-0000-7000-8000-0000000000e${number + 1}`);
        return aWriteIntent({ id, dueAt, ...over });
      });
      const [untried] = all;
      await intents.addMany(all);

      const account = aWriteIntent().sourceRelationId!;
      expect(await intents.makeTurnsDue(account, { now, until: dueAt })).toEqual([untried!.id]);
      expect(await intents.findById(untried!.id)).toMatchObject({ dueAt: now });
      expect(await intents.findById(all[4]!.id)).toMatchObject({ dueAt });
    });

    it('finds the newest create of an address of each type, whatever came of it, and nothing else', async () => {
      const intents = await make();
      const part = { kind: 'address', exactId: null, was: {} } as const;
      const [older, newer, delivery] = (['d3', 'd4', 'd5'] as const).map((end, number) =>
        aPartWrite({
          id: asId<WriteIntentId>(`00000000-0000-7000-8000-0000000000${end}`),
          kind: 'create',
          part,
          patch: { type: number === 2 ? 'delivery' : 'postal', line1: `Kade ${number}` },
          state: number === 1 ? 'failed' : 'confirmed',
          createdAt: new Date(`2026-11-25T0${number + 1}:00:00Z`),
        }),
      ) as [PartWrite, PartWrite, PartWrite];
      const person = { ...aPartWrite({ id }), kind: 'create' as const };
      await intents.addMany([newer, older, delivery, person, first]);

      const found = await intents.findLastAddressCreatesOf([first.relationId]);

      expect(found).toHaveLength(2);
      expect(found).toEqual(expect.arrayContaining([newer, delivery]));
      expect(await intents.findLastAddressCreatesOf([])).toEqual([]);
    });
  });
}
