import { expect, it } from 'vitest';
import type { SourceRelation } from '../relations/index.js';
import { idOf } from './a-relations-world.js';
import { aSourceRelation } from './a-source-relation.js';
import { aProposal } from './decision-rows.js';
import { a, aLink, b, relationId, source } from './relation-port-rows.js';
import type { RelationPortsWorld } from './relation-ports.contract.js';

/** What every adapter of Proposals says of the accounts of relations in question. */
export function describeQuestionedAccounts(world: () => RelationPortsWorld): void {
  /** Relation 101 is asked about against each of the others; all but the last of them are only in the first administration. */
  async function ask(others: number, over: Partial<SourceRelation> = {}): Promise<void> {
    const numbers = Array.from({ length: others }, (_, index) => index + 2);
    for (const number of numbers) {
      const isLast = number === others + 1;
      const account = aSourceRelation({ id: idOf(number), administrationId: isLast ? b : a });
      await world().put({ ...account, ...(isLast && over) }, null);
    }
    await world().links.putMany(numbers.map((number) => aLink(number, number + 100)));
    const asked = numbers.map((number) => ({
      ...{ sourceA: source(1), sourceB: source(number) },
      ...(number % 2 === 0
        ? { relationA: relationId(101), relationB: relationId(number + 100) }
        : { relationA: relationId(number + 100), relationB: relationId(101) }),
    }));
    await world().proposals.addMany(asked.map((pair, index) => aProposal(index + 300, pair)));
  }
  const inB = () => world().proposals.findAccountInQuestion(relationId(101), b);

  it('finds the account in an administration of any relation in question, however many there are', async () => {
    await ask(60);
    expect(await inB()).toBe(source(61));
    expect(await world().proposals.findAccountInQuestion(relationId(999), b)).toBeUndefined();
  });

  it('finds every place of several relations, also where a person is not sure, unless it is set aside', async () => {
    await ask(3);
    const places = async (...numbers: number[]) =>
      (await world().proposals.findQuestioned(numbers.map(relationId)))
        .map((place) => `${place.relationId} ${place.administrationId}`)
        .sort();
    expect(await places()).toEqual([]);
    expect(await places(101, 104, 999)).toEqual([`${relationId(101)} ${a}`, `${relationId(101)} ${b}`]);
    const [asked] = await world().proposals.findOpenOfRelations([relationId(104)]);
    await world().proposals.saveMany([{ ...asked!, state: 'unsure' }]);
    expect(await places(101)).toContain(`${relationId(101)} ${b}`);
    for (const over of [{ isAside: true }, { state: 'different' as const }]) {
      await world().proposals.saveMany([{ ...asked!, ...over }]);
      expect(await places(101)).toEqual([`${relationId(101)} ${a}`]);
    }
  });

  it('finds none where the question is answered, the account is gone or the link is', async () => {
    await ask(2, { state: 'deleted' });
    expect(await inB()).toBeUndefined();
    await ask(2);
    expect(await inB()).toBe(source(3));
    await world().links.putMany([aLink(3, 103, { state: 'deleted' })]);
    expect(await inB()).toBeUndefined();
    await world().links.putMany([aLink(3, 103)]);
    const open = await world().proposals.findOpenOfRelations([relationId(103)]);
    await world().proposals.saveMany(open.map((proposal) => ({ ...proposal, state: 'different' })));
    expect(await inB()).toBeUndefined();
  });
}
