import { beforeEach, describe, expect, it } from 'vitest';
import { aPartsWorld, idOf, type PartsWorld } from '../../testing/index.js';

const postal = { type: 'postal', isMain: true, line1: 'Postbus 1', postcode: '6710 BA', city: 'Ede' };

let at: PartsWorld;
beforeEach(async () => {
  at = await aPartsWorld();
  for (const company of [0, 1, 2]) at.first(company, 'address', postal);
});
const move = (company: number, line1: string) => at.fetched(company, 'address', { ...postal, line1 });
const values = () => at.openIssues().map(({ params }) => params['value']);

describe('an address that two accounts changed differently', () => {
  it('is written to no third account either', async () => {
    move(0, 'Postbus 22');
    move(1, 'Postbus 9');
    expect(await at.compare()).toBe(0);
    expect(at.openIssues()).toHaveLength(2);
  });

  it('is asked about again when it changes after its question was ignored', async () => {
    move(0, 'Postbus 22');
    move(1, 'Postbus 9');
    await at.compare();
    for (const issue of at.openIssues())
      await at.world.issues.save({ ...issue, state: 'ignored', ignoredReason: 'zo laten' });
    await at.compare();
    expect(values()).toEqual([]);
    move(0, 'Postbus 333');
    await at.compare();
    expect(values()).toEqual(['Postbus 333, 6710 BA, Ede']);
  });

  it('has one question per account, about what it says now', async () => {
    move(0, 'Postbus 22');
    move(1, 'Postbus 9');
    await at.compare();
    move(0, 'Postbus 333');
    await at.compare();
    expect(values()).toEqual(['Postbus 9, 6710 BA, Ede', 'Postbus 333, 6710 BA, Ede']);
  });
});

describe('a person of whom one thing is in dispute and another changes again', () => {
  it('has one write that waits per account, without what is in dispute', async () => {
    const person = { firstName: 'Bram', lastName: 'de Boer', email: 'a@eik.test', phone: '0318-111111' };
    for (const company of [0, 1]) at.first(company, 'contact', person);
    at.fetched(0, 'contact', { ...person, email: 'b@eik.test', phone: '0318-222222' });
    expect(await at.compare()).toBe(1);
    at.fetched(1, 'contact', { ...person, phone: '0318-999999' });
    at.fetched(0, 'contact', { ...person, email: 'c@eik.test', phone: '0318-333333' });
    await at.compare();
    expect(at.writes()).toEqual([[idOf(201), 'update', { email: 'c@eik.test' }]]);
  });
});

describe('the approval of an address', () => {
  const questionOf = (value: string) =>
    at.openIssues().find(({ params }) => String(params['value']).startsWith(value))!; // asked above

  it('overwrites nothing that the person did not see, and shows it', async () => {
    move(0, 'Postbus 22');
    move(1, 'Postbus 9');
    await at.compare();
    const { id: issueId, version } = questionOf('Postbus 22');
    move(1, 'Postbus 777');
    await at.compare();

    const refused = await at.approve({ issueId, version });
    expect(refused).toMatchObject({ error: { kind: 'changed-meanwhile', version: version + 1 } });
    expect(at.writes()).toEqual([]);
    expect(questionOf('Postbus 22').params['others']).toContain('Postbus 777');

    const approved = await at.approve({ issueId, version: version + 1 });
    expect(approved).toEqual({ ok: true, value: { writes: 2 } });
    expect(at.openIssues()).toEqual([]);
  });

  it('names all accounts that it overwrites, also one that nobody edited', async () => {
    move(0, 'Postbus 22');
    move(1, 'Postbus 9');
    await at.compare();
    expect(questionOf('Postbus 22').params['others']).toMatch(/^Postbus 9.*; Postbus 1,/);
  });

  it('is of what was seen, not of what it says by now', async () => {
    move(0, 'Postbus 22');
    move(1, 'Postbus 9');
    await at.compare();
    const { id: issueId, version } = questionOf('Postbus 22');
    move(0, 'Postbus 4444');
    await at.compare();
    expect(await at.approve({ issueId, version })).toMatchObject({ error: { kind: 'issue-closed' } });
    expect(at.writes()).toEqual([]);
  });
});

describe('an address in an administration that rests', () => {
  it('is written once the administration is active again', async () => {
    const [, paused, removed] = at.world.companies;
    await at.world.administrations.save({ ...paused!, state: 'paused' });
    await at.world.administrations.save({ ...removed!, state: 'removed' });
    move(0, 'Postbus 22');
    await at.compare();
    expect(at.writes()).toMatchObject([[idOf(201), 'update', { line1: 'Postbus 22' }]]);
  });
});

describe('a contact person with a write that waits', () => {
  const boer = { firstName: 'Bram', lastName: 'de Boer', email: 'bram@eik.test', phone: '0318-111111' };

  it('keeps what waits in the fields that nobody edited meanwhile', async () => {
    for (const company of [0, 1]) at.first(company, 'contact', boer);
    at.fetched(0, 'contact', { ...boer, email: 'bram2@eik.test', phone: '0318-222222' });
    await at.compare();
    at.fetched(1, 'contact', { ...boer, phone: '0318-999999' });
    await at.compare();

    expect(at.writes()).toEqual([[idOf(201), 'update', { email: 'bram2@eik.test' }]]);
    expect(at.openIssues()).toMatchObject([
      { params: { unit: 'phone', value: '0318-999999' } },
      {
        params: {
          unit: 'phone',
          value: '0318-222222',
          others: expect.stringContaining('0318-999999') as string,
        },
      },
    ]);
    expect(at.world.outbox.messages()).toHaveLength(2);
  });
});

describe('what many parts cost', () => {
  it('is one look per portion, and none for what is not shared', async () => {
    const looks = new Map<string, number>();
    const count = (port: object, name: string) => {
      const call = Reflect.get(port, name) as (...of: unknown[]) => unknown;
      Reflect.set(port, name, (...of: unknown[]) => {
        looks.set(name, (looks.get(name) ?? 0) + 1);
        return call.apply(port, of);
      });
    };
    const { links, relations, sourceParts } = at.world.deps.uow.tx;
    count(links, 'findOfSources');
    count(relations, 'findManyForUpdate');
    count(sourceParts, 'findOfAccounts');
    for (let part = 2; part < 52; part += 1)
      at.fetched(0, 'address', { ...postal, type: 'delivery' }, { part });
    await at.compare();
    expect(looks).toEqual(new Map());
    for (const company of [0, 1, 2]) move(company, 'Postbus 22');
    await at.compare();
    expect([...looks.values()]).toEqual([1, 1, 1]);
  });
});
