import { beforeEach, expect, it } from 'vitest';
import { aPartsWorld, idOf, type PartsWorld } from '../../testing/index.js';

const postal = { type: 'postal', isMain: true, line1: 'Postbus 1', postcode: '6710 BA', city: 'Ede' };

let at: PartsWorld;
beforeEach(async () => {
  at = await aPartsWorld();
});
const move = (company: number, line1: string) => at.fetched(company, 'address', { ...postal, line1 });
const texts = () => at.openIssues().map(({ params }) => String(params['value']).split(',')[0]);

it('an address that changes before it is made elsewhere is made as it is by now', async () => {
  move(0, 'Postbus 1');
  await at.compare();
  move(0, 'Postbus 22');
  await at.compare();
  expect(at.writes()).toMatchObject([
    [idOf(2), 'create', { type: 'postal', line1: 'Postbus 22' }],
    [idOf(3), 'create', { type: 'postal', line1: 'Postbus 22' }],
  ]);
});

it('an address that changes while it is being made elsewhere is changed there afterwards', async () => {
  move(0, 'Postbus 1');
  await at.compare();
  for (const intent of at.world.writeIntents.all())
    await at.world.writeIntents.save({ ...intent, state: 'sent', attempts: 1 });
  move(0, 'Postbus 22');
  await at.compare();
  expect(at.writes()).toMatchObject([
    [idOf(2), 'create', { type: 'postal', line1: 'Postbus 22' }],
    [idOf(3), 'create', { type: 'postal', line1: 'Postbus 22' }],
  ]);
  const waiting = at.world.writeIntents.all().filter(({ state }) => state === 'planned');
  expect(waiting).toMatchObject([
    { part: { was: { type: 'postal', line1: 'Postbus 1' } } },
    { part: { was: { type: 'postal', line1: 'Postbus 1' } } },
  ]);
});

it('a write that waits for a third account is taken back when another account turns out to disagree, and both are asked', async () => {
  for (const company of [0, 1, 2]) at.first(company, 'address', postal);
  move(0, 'Postbus 22');
  await at.compare();
  expect(at.writes()).toHaveLength(2);
  move(1, 'Postbus 9');
  await at.compare();

  expect(at.writes()).toEqual([]);
  expect(texts()).toEqual(['Postbus 9', 'Postbus 22']);
  const ofFirst = at.openIssues().find(({ params }) => String(params['value']).startsWith('Postbus 22'))!; // just seen
  expect(ofFirst.params['others']).toMatch(/^Postbus 9.*; Postbus 1,/);

  const { id: issueId, version } = ofFirst;
  expect(await at.approve({ issueId, version })).toEqual({ ok: true, value: { writes: 2 } });
  expect(at.openIssues()).toEqual([]);
});

it('an address that waits to be made for a third account is not made when another account turns out to disagree', async () => {
  at.first(1, 'address', postal);
  move(0, 'Postbus 1');
  await at.compare();
  expect(at.writes()).toMatchObject([[idOf(3), 'create', { line1: 'Postbus 1' }]]);
  move(1, 'Postbus 9');
  move(0, 'Postbus 22');
  await at.compare();
  expect(at.writes()).toEqual([]);
});
