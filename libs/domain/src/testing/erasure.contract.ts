import { beforeEach, describe, expect, it } from 'vitest';
import {
  asId,
  type ConflictId,
  type RelationId,
  type SourceRelationId,
  type WriteIntentId,
} from '../kernel/index.js';
import type { IssuesTx } from '../issues/index.js';
import type { Conflict, ConflictsTx, ErasureTx, SourcePartsTx, SourceRelation } from '../relations/index.js';
import type { WriteIntentsTx } from '../sync/index.js';
import { idOf } from './a-relations-world.js';
import { aSourceRelation } from './a-source-relation.js';
import { anAdministration } from './an-administration.js';
import { aPartWrite, aWriteIntent } from './write-intents.contract.js';

/** The ports that hold traces, all empty, and what fetching does. */
export interface ErasureSubject extends ErasureTx, ConflictsTx, WriteIntentsTx, IssuesTx, SourcePartsTx {
  put(source: SourceRelation): Promise<void>;
  /** The parameters of the issue with that cause key. */
  paramsOf(causeKey: string): Promise<unknown>;
}

const now = new Date('2026-11-25T12:00:00Z');
const administrationId = anAdministration().id;
const relationId = asId<RelationId>(idOf(50));
const sourceId = asId<SourceRelationId>(idOf(1));
const account = { sourceId, relationId };

function aConflict(number: number, state: Conflict['state'], field: 'phone' | 'email'): Conflict {
  return {
    id: asId<ConflictId>(idOf(number)),
    ...{ relationId, field, state, version: 1, openedAt: now },
    base: 'was@bakker.test',
    candidates: [{ side: 'relation', administrationId: null, value: 'is@bakker.test', changedAt: null }],
    resolvedAt: state === 'open' ? null : now,
    resolvedBy: state === 'open' ? null : 'Anna',
  };
}

/** A person of one of the two accounts. */
function partOf(number: 1 | 2) {
  return {
    ...({ administrationId, kind: 'contact', exactId: idOf(80 + number) } as const),
    sourceRelationId: asId<SourceRelationId>(idOf(number)),
    fields: { lastName: 'Zwanenburg' },
    base: { lastName: 'Zwaan' },
  };
}

/** What every Erasure adapter does. */
export function describeErasureContract(make: () => Promise<ErasureSubject>): void {
  describe('Erasure', () => {
    let subject: ErasureSubject;
    beforeEach(async () => {
      subject = await make();
      await subject.put(aSourceRelation({ id: sourceId, administrationId }));
      await subject.put(aSourceRelation({ id: idOf(2), administrationId }));
    });

    it('takes the values out of settled conflicts of the relation, and leaves what waits for a person', async () => {
      const open = aConflict(61, 'open', 'phone');
      await subject.conflicts.addMany([open, aConflict(62, 'resolved', 'email')]);
      await subject.erasure.eraseTraces(account, now);
      expect(await subject.conflicts.findById(open.id)).toEqual(open);
      expect(await subject.conflicts.findById(aConflict(62, 'resolved', 'email').id)).toMatchObject({
        base: null,
        candidates: [],
        resolvedBy: 'Anna',
      });
    });

    it('empties writes to the account and takes back what waits; one under way settles by itself', async () => {
      const mine = { sourceRelationId: sourceId } as const;
      const { part } = aPartWrite();
      const waiting = aPartWrite({ ...mine, part: { ...part, orWas: [{ phone: '0318-333333' }] } });
      const done = aWriteIntent({ ...mine, id: asId(idOf(71)), state: 'confirmed', settledAt: now });
      const sent = aWriteIntent({ ...mine, id: asId(idOf(72)), state: 'sent' });
      const another = aWriteIntent({ sourceRelationId: asId(idOf(2)), id: asId(idOf(73)) });
      await subject.writeIntents.addMany([waiting, done, sent, another]);

      await subject.erasure.eraseTraces(account, now);

      expect(await subject.writeIntents.findById(waiting.id)).toEqual({
        ...waiting,
        patch: {},
        part: { ...part, was: null },
        state: 'superseded',
        settledAt: now,
      });
      expect(await subject.writeIntents.findById(done.id)).toEqual({ ...done, patch: {} });
      expect(await subject.writeIntents.findById(sent.id)).toEqual(sent);
      expect(await subject.writeIntents.findById(another.id)).toEqual(another);
    });

    it('leaves of an issue about the account only which account it is about', async () => {
      const trouble = (exactId: string) => ({
        ...({ cause: 'write-refused', causeKey: `write-refused:${exactId}`, administrationId } as const),
        params: { name: 'Bakker', exactId },
      });
      await subject.issues.report([trouble(idOf(1)), trouble(idOf(2))], now);

      await subject.erasure.eraseTraces(account, now);
      await subject.erasure.eraseTraces(account, now);

      const params = await Promise.all(
        [idOf(1), idOf(2)].map(async (exactId) => subject.paramsOf(`write-refused:${exactId}`)),
      );
      expect(params).toEqual([{ exactId: idOf(1) }, { name: 'Bakker', exactId: idOf(2) }]);
    });

    it('leaves of an issue in which the account stands in the way of another one only which accounts they are', async () => {
      const causeKey = 'write-exists:other';
      const params = { name: 'Jansen', other: 'Bakker', exactId: idOf(2), otherExactId: idOf(1) };
      await subject.issues.report([{ cause: 'write-exists', causeKey, administrationId, params }], now);
      await subject.erasure.eraseTraces(account, now);
      expect(await subject.paramsOf(causeKey)).toEqual({ exactId: idOf(2), otherExactId: idOf(1) });
    });

    it('leaves of an issue about an account that was to be made for the relation only which write it is about', async () => {
      const create = { sourceRelationId: null, relationId } as const;
      const failed = aWriteIntent({ ...create, id: asId(idOf(75)), state: 'failed', settledAt: now });
      const waiting = aWriteIntent({ ...create, id: asId(idOf(76)) });
      const another = aWriteIntent({ ...create, id: asId(idOf(77)), relationId: asId(idOf(51)) });
      const made = aWriteIntent({ sourceRelationId: sourceId, id: asId(idOf(78)), state: 'confirmed' });
      const writes = [failed, waiting, another, made];
      await subject.writeIntents.addMany(writes);
      const trouble = ({ id: intentId }: (typeof writes)[number]) => ({
        ...({ cause: 'write-refused', causeKey: `write-refused:${intentId}`, administrationId } as const),
        params: { name: 'Bakker', reason: 'Bakker is geblokkeerd', intentId },
      });
      await subject.issues.report(writes.map(trouble), now);

      await subject.erasure.eraseTraces(account, now);

      const params = await Promise.all(writes.map((write) => subject.paramsOf(trouble(write).causeKey)));
      const ids = writes.map(({ id: intentId }) => ({ intentId }));
      expect(params).toEqual([ids[0], ids[1], trouble(another).params, ids[3]]);
    });

    it('empties what the parts of the account say, and no other', async () => {
      const [mine, another] = [partOf(1), partOf(2)];
      for (const part of [mine, another])
        await subject.sourceParts.storeReadBack({ ...part, modifiedAt: null, written: part.fields }, now);
      await subject.erasure.eraseTraces(account, now);
      expect(await subject.sourceParts.findOfAccounts([sourceId])).toEqual([
        { ...mine, fields: {}, base: null },
      ]);
      expect(await subject.sourceParts.find(another)).toEqual(another);
    });

    it('empties writes to a person that is anonymous, and issues about that person', async () => {
      const part = partOf(1);
      const write = aPartWrite({ sourceRelationId: sourceId, administrationId });
      const mine = { ...write, part: { ...write.part, exactId: part.exactId } };
      const another = { ...write, id: asId<WriteIntentId>(idOf(74)) };
      await subject.writeIntents.addMany([mine, another]);
      const causeKey = 'part-differs:of the person';
      const params = { value: 'bram@eik.test', partId: part.exactId, exactId: idOf(1) };
      await subject.issues.report([{ cause: 'contact-differs', causeKey, administrationId, params }], now);

      await subject.erasure.eraseTracesOfParts([part], now);

      expect(await subject.writeIntents.findById(mine.id)).toMatchObject({ patch: {}, state: 'superseded' });
      expect(await subject.writeIntents.findById(another.id)).toEqual(another);
      expect(await subject.paramsOf(causeKey)).toEqual({ exactId: idOf(1) });
    });

    it('leaves of an issue of a failed write to a person that is anonymous only which account and write it is about', async () => {
      const part = partOf(1);
      const write = aPartWrite({
        sourceRelationId: sourceId,
        administrationId,
        state: 'failed',
        settledAt: now,
      });
      const mine = { ...write, part: { ...write.part, exactId: part.exactId } };
      const another = { ...write, id: asId<WriteIntentId>(idOf(74)) };
      await subject.writeIntents.addMany([mine, another]);
      const trouble = ({ id: intentId }: typeof write) => ({
        ...({ cause: 'write-refused', causeKey: `write-refused:${intentId}`, administrationId } as const),
        params: { name: 'Bakker', reason: 'bram@eik.test is ongeldig', exactId: idOf(1), intentId },
      });
      await subject.issues.report([trouble(mine), trouble(another)], now);

      await subject.erasure.eraseTracesOfParts([part], now);

      const params = await Promise.all([mine, another].map((one) => subject.paramsOf(trouble(one).causeKey)));
      expect(params).toEqual([{ exactId: idOf(1), intentId: mine.id }, trouble(another).params]);
    });
  });
}
