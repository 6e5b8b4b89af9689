import { beforeEach, describe, expect, it } from 'vitest';
import { asId, type SourceRelationId } from '../kernel/index.js';
import { aRelationsWorld, aSourceRelation, idOf, type RelationsWorld } from '../testing/index.js';
import type { SharedValues } from './fields.js';

const iban = 'NL91ABNA0417164300';

describe('compareRun of a resync, after a bank account changed in Exact', () => {
  let world: RelationsWorld;
  beforeEach(async () => {
    world = aRelationsWorld(3);
    const rows = [
      account(1, 0, { name: 'Zeldzame Eik Installaties B.V.' }),
      account(2, 1, { name: 'Zeldzame Eik' }),
    ];
    await world.sync(rows, { runKind: 'initial', ibans: { [idOf(2)]: [iban] } });
  });

  function account(id: number, company: number, shared: Partial<SharedValues>) {
    return aSourceRelation({ id: idOf(id), administrationId: world.companies[company]!.id, shared });
  }
  const open = () =>
    world.proposals
      .all()
      .filter(({ state }) => state === 'open')
      .map(({ sourceA, sourceB }) => [sourceA, sourceB].sort());
  const put = (id: number, number: string) =>
    world.sourceRelations.putNumbers(asId<SourceRelationId>(idOf(id)), [number]);

  it('asks about the account that has the number already, though nothing of either account changed', async () => {
    expect(open()).toEqual([]);
    put(1, 'NL91 ABNA 0417 1643 00');

    const counts = await world.sync([]);

    expect(counts).toMatchObject({ asked: 1, changed: 0, writes: 0 });
    expect(open()).toEqual([[idOf(1), idOf(2)]]);
    expect(await world.sync([])).toMatchObject({ asked: 0 });
  });

  it('does so too of an administration that returns, whose accounts have their relations', async () => {
    put(1, iban);
    const accountsAtOnce = { allUpTo: 1, elseUpTo: 1, perLookUp: 10, perParty: 10 };

    const counts = await world.sync([], { runKind: 'addition', accountsAtOnce });

    expect(counts).toMatchObject({ asked: 1, changed: 0, writes: 0 });
    expect(open()).toEqual([[idOf(1), idOf(2)]]);
  });

  it('finds an account by the number when one that has it comes later', async () => {
    await world.sync([account(3, 2, { name: 'Schildersbedrijf Van Vliet', kvk: '99000031' })]);
    const number = 'NL20INGB0001234567';
    put(3, number);
    await world.sync([]);

    await world.sync([account(4, 0, { name: 'Van Vliet' })], { ibans: { [idOf(4)]: [number] } });

    expect(open()).toContainEqual([idOf(3), idOf(4)]);
  });
});
