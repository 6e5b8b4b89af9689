import { beforeEach, describe, expect, it } from 'vitest';
import { systemActor, type Actor } from '../kernel/index.js';
import { aRelationsWorld, aSourceRelation, idOf, type RelationsWorld } from '../testing/index.js';
import { editRelation } from './edit-relation.js';
import { mostUrgent, purposeOf } from './write-purpose.js';

const anna: Actor = { id: 'u1', name: 'Anna', kind: 'person' };

describe('purposeOf', () => {
  it.each([
    [anna, 'interactive'],
    [{ ...anna, kind: 'api-key' } as const, 'interactive'],
    [systemActor, 'resync'],
  ] as const)('what %j does is %s', (actor, purpose) => {
    expect(purposeOf(actor)).toBe(purpose);
  });
});

it('takes the purpose of the first who waits', () => {
  expect(mostUrgent([], 'plan')).toBe('plan');
  expect(mostUrgent(['plan', 'resync'], 'plan')).toBe('resync');
  expect(mostUrgent(['plan'], 'interactive')).toBe('interactive');
});

describe('the writes that are planned', () => {
  let world: RelationsWorld;
  const account = (number: number, shared: object = {}) =>
    aSourceRelation({
      id: idOf(number),
      administrationId: world.companies[number - 1]!.id, // there are two
      shared: { name: 'De Eik B.V.', kvk: '99000031', ...shared },
    });
  const waiting = () =>
    world.writeIntents
      .all()
      .filter(({ state }) => state === 'planned')
      .map(({ purpose, patch }) => [purpose, patch]);
  beforeEach(async () => {
    world = aRelationsWorld(2);
    await world.sync([account(1), account(2)], { runKind: 'initial' });
  });

  it('are a person’s when one edits, and stay so when a resync adds to what waits', async () => {
    const { id: relationId, version } = await world.relationOf(idOf(1));
    const command = { tenantId: world.tenantId, relationId, version, actor: anna };
    await editRelation(world.deps, { ...command, values: { email: 'post@eik.test' } });
    expect(waiting()).toEqual([
      ['interactive', { email: 'post@eik.test' }],
      ['interactive', { email: 'post@eik.test' }],
    ]);
    await world.sync([account(1, { phone: '0200000012' })]);
    expect(waiting()).toContainEqual(['interactive', { email: 'post@eik.test', phone: '0200000012' }]);
  });

  it('are a resync’s when they only spread what somebody did in Exact, and a person’s as soon as one edits the same', async () => {
    await world.sync([account(1, { phone: '0200000012' })]);
    expect(waiting()).toEqual([['resync', { phone: '0200000012' }]]);
    const { id: relationId, version } = await world.relationOf(idOf(1));
    const command = { tenantId: world.tenantId, relationId, version, actor: anna };
    await editRelation(world.deps, { ...command, values: { email: 'post@eik.test' } });
    expect(waiting()).toContainEqual(['interactive', { phone: '0200000012', email: 'post@eik.test' }]);
  });
});
