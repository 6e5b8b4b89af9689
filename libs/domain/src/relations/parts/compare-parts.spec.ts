import { beforeEach, describe, expect, it } from 'vitest';
import { asId } from '../../kernel/index.js';
import { aPartsWorld, aWriteIntent, idOf, type PartsWorld } from '../../testing/index.js';
import { approveChange } from './approve-change.js';

const anna = { id: 'u1', name: 'Anna', kind: 'person' } as const;
const postal = { type: 'postal', isMain: true, line1: 'Postbus 1', postcode: '6710 BA', city: 'Ede' };
const boer = { firstName: 'Bram', lastName: 'de Boer', email: 'bram@eik.test', phone: '0318-111111' };
const oldNumber = { iban: 'NL91ABNA0417164300', number: 'NL91ABNA0417164300' };
const newNumber = { iban: 'NL20INGB0001234567', number: 'NL20INGB0001234567' };

let at: PartsWorld;
let world: PartsWorld['world'];
let fetched: PartsWorld['fetched'];
let first: PartsWorld['first'];
beforeEach(async () => {
  at = await aPartsWorld();
  ({ world, fetched, first } = at);
});
const compare = () => at.compare();
const writes = () => at.writes();
const openIssues = () => at.openIssues();
const approve = (over: object = {}) => at.approve(over);

describe('a changed postal address', () => {
  const moved = { ...postal, line1: 'Postbus 22' };
  const block = { line1: 'Postbus 22', postcode: '6710 BA', city: 'Ede' };

  it('is written to the same address of the other accounts, as one block, and only once', async () => {
    for (const company of [0, 1, 2]) first(company, 'address', postal);
    fetched(0, 'address', moved);

    expect(await compare()).toBe(2);
    expect(writes()).toMatchObject([
      [idOf(201), 'update', block],
      [idOf(301), 'update', block],
    ]);
    expect(await compare()).toBe(0);
  });

  it.each([true, false])(
    'of one that is being added waits for its own run, unless none is active yet (active: %s)',
    async (isActive) => {
      for (const one of world.companies) await world.administrations.save({ ...one, state: 'coupling' });
      world.syncPolicy.set({ isActive });
      for (const company of [0, 1]) first(company, 'address', postal);
      await compare();
      fetched(0, 'address', moved);

      await at.compare('resync');
      expect(writes()).toMatchObject(isActive ? [] : [[idOf(201), 'update', block]]);
    },
  );

  it('replaces a write that still waits, which never arrives', async () => {
    for (const company of [0, 1]) first(company, 'address', postal);
    fetched(0, 'address', moved);
    await compare();
    fetched(0, 'address', { ...postal, line1: 'Postbus 333' });
    await compare();

    expect(writes()).toMatchObject([[idOf(201), 'update', { line1: 'Postbus 333' }]]);
    const [intent] = world.writeIntents.all().filter(({ state }) => state === 'planned');
    expect(intent?.part?.was).toMatchObject({ line1: 'Postbus 1' });
    expect(openIssues()).toEqual([]);
  });

  it('is made where there is none when it is new', async () => {
    fetched(0, 'address', postal);
    await compare();
    expect(writes()).toMatchObject([
      [idOf(2), 'create', { type: 'postal', line1: 'Postbus 1' }],
      [idOf(3), 'create', { type: 'postal', line1: 'Postbus 1' }],
    ]);
  });

  describe('that Exact refused to make for one account and made for the other', () => {
    const corrected = { ...postal, line1: 'Postbus 2' };
    beforeEach(async () => {
      fetched(0, 'address', postal);
      await compare();
      for (const intent of world.writeIntents.all())
        await world.writeIntents.save({
          ...intent,
          state: intent.sourceRelationId === idOf(2) ? 'failed' : 'confirmed',
        });
    });

    it('is made there once it is corrected, and nowhere else: who removed it there meant that', async () => {
      fetched(0, 'address', corrected);
      await compare();

      expect(writes()).toMatchObject([[idOf(2), 'create', { type: 'postal', line1: 'Postbus 2' }]]);
    });

    it('is not tried again while it is as it was', async () => {
      fetched(0, 'address', postal);
      await compare();

      expect(writes()).toEqual([]);
    });
  });

  it('asks a person when the other changed too, and overwrites nothing', async () => {
    for (const company of [0, 1]) first(company, 'address', postal);
    fetched(0, 'address', moved);
    fetched(1, 'address', { ...postal, line1: 'Postbus 9' });

    expect(await compare()).toBe(0);
    expect(writes()).toEqual([]);
    expect(openIssues()).toMatchObject([
      {
        cause: 'address-differs',
        class: 'data',
        params: {
          name: 'De Eik B.V.',
          value: 'Postbus 22, 6710 BA, Ede',
          others: expect.stringContaining('Postbus 9') as string,
        },
      },
      { params: { value: 'Postbus 9, 6710 BA, Ede' } },
    ]);
  });

  it('is written where it stood apart once a person approves it, and both questions close', async () => {
    for (const company of [0, 1]) first(company, 'address', postal);
    fetched(0, 'address', moved);
    fetched(1, 'address', { ...postal, line1: 'Postbus 9' });
    await compare();
    expect(openIssues()).toHaveLength(2);

    expect(await approve()).toEqual({ ok: true, value: { writes: 1 } });

    expect(writes()).toMatchObject([[idOf(201), 'update', block]]);
    expect(openIssues()).toEqual([]);
  });

  it('takes back a write that waits for an address which somebody edits meanwhile', async () => {
    for (const company of [0, 1]) first(company, 'address', postal);
    fetched(0, 'address', moved);
    await compare();
    fetched(1, 'address', { ...postal, line1: 'Postbus 9' });
    await compare();

    expect(writes()).toEqual([]);
    expect(openIssues()).toHaveLength(2);
  });

  it('has what stands behind a write that is taken back look at once whether its turn has come', async () => {
    for (const company of [0, 1]) first(company, 'address', postal);
    fetched(0, 'address', moved);
    await compare();
    const later = new Date(world.deps.now().getTime() + 60_000);
    const behind = aWriteIntent({ sourceRelationId: asId(idOf(2)), dueAt: later });
    await world.writeIntents.addMany([behind]);
    fetched(1, 'address', { ...postal, line1: 'Postbus 9' });
    await compare();

    const woken = await world.writeIntents.findById(behind.id);
    expect(woken?.dueAt.getTime()).toBeLessThan(later.getTime());
    expect(world.outbox.messages()).toContainEqual({ kind: 'send-write', intentId: behind.id });
  });

  it('stays where it is when it is respelled, or a delivery address', async () => {
    for (const company of [0, 1]) {
      first(company, 'address', postal);
      first(company, 'address', { ...postal, type: 'delivery' }, 2);
    }
    fetched(0, 'address', { ...postal, postcode: '6710ba', city: 'EDE' });
    fetched(0, 'address', { ...postal, type: 'delivery', line1: 'Bouwplaats 7' }, { part: 2 });

    expect(await compare()).toBe(0);
    expect(openIssues()).toEqual([]);
  });
});

describe('a changed contact person', () => {
  it('is written to the same person elsewhere, field by field', async () => {
    first(0, 'contact', boer);
    first(1, 'contact', { ...boer, phone: '0318 111111', jobTitle: 'Uitvoerder' });
    fetched(0, 'contact', { ...boer, phone: '0318-222222', jobTitle: 'Calculator' });

    await compare();

    // The function stood apart: asked, not overwritten.
    expect(writes()).toEqual([[idOf(201), 'update', { phone: '0318-222222' }]]);
    expect(openIssues()).toMatchObject([
      { cause: 'contact-differs', params: { unit: 'jobTitle', value: 'Calculator' } },
    ]);
  });

  it('is known by a personal e-mail address when the name changes', async () => {
    first(0, 'contact', boer);
    first(1, 'contact', { ...boer });
    fetched(0, 'contact', { ...boer, lastName: 'de Boer-Visser' });

    await compare();

    expect(writes()).toMatchObject([[idOf(201), 'update', { lastName: 'de Boer-Visser' }]]);
  });

  it('is nobody else: a shared mailbox, or two of one name, prove nothing', async () => {
    first(0, 'contact', { ...boer, email: 'info@eik.test' });
    first(1, 'contact', { firstName: 'Carla', lastName: 'Smit', email: 'info@eik.test' });
    first(2, 'contact', boer);
    first(2, 'contact', { ...boer, email: 'bram.junior@eik.test' }, 2);
    fetched(0, 'contact', { ...boer, email: 'info@eik.test', phone: '0318-999999' });

    expect(await compare()).toBe(0);
    expect(openIssues()).toEqual([]);
  });

  it('is never made elsewhere by itself (product.md 3.4)', async () => {
    first(0, 'contact', { ...boer, phone: null });
    fetched(0, 'contact', boer);
    fetched(0, 'contact', { firstName: 'Nieuw', lastName: 'Iemand' }, { part: 2 });

    expect(await compare()).toBe(0);
    expect(writes()).toEqual([]);
  });
});

describe('a changed bank account', () => {
  const changeNumber = async () => {
    for (const company of [0, 1]) first(company, 'bank-account', oldNumber);
    fetched(0, 'bank-account', newNumber);
    return compare();
  };

  it('is written nowhere until a person approves it (product.md 3.3)', async () => {
    expect(await changeNumber()).toBe(0);
    expect(world.writeIntents.all()).toEqual([]);
    expect(openIssues()).toMatchObject([
      {
        cause: 'bank-account-changed',
        class: 'data',
        params: { number: 'NL20INGB0001234567', was: 'NL91ABNA0417164300', name: 'De Eik B.V.' },
      },
    ]);
  });

  it('then takes the place of the old number, and stands beside other numbers', async () => {
    await changeNumber();
    expect(await approve()).toEqual({ ok: true, value: { writes: 2 } });
    expect(writes()).toMatchObject([
      [idOf(201), 'update', { number: 'NL20INGB0001234567' }],
      [idOf(3), 'create', { number: 'NL20INGB0001234567' }],
    ]);
    expect(world.writeIntents.all()[0]).toMatchObject({ createdBy: 'Anna' });
    expect(openIssues()).toEqual([]);
  });

  it('asks for a new account too, and not for one that all have, however it is printed', async () => {
    for (const company of [0, 1, 2]) first(company, 'bank-account', newNumber);
    fetched(0, 'bank-account', { iban: 'NL20 INGB 0001 2345 67', number: null }, { part: 2 });
    await compare();
    expect(openIssues()).toEqual([]);
    fetched(1, 'bank-account', oldNumber, { part: 3 });
    await compare();
    expect(openIssues()).toMatchObject([{ params: { number: 'NL91ABNA0417164300', was: '–' } }]);
  });

  it('is approved by a person only, as it was seen, and once', async () => {
    await changeNumber();
    const key = { id: 'k1', name: 'ERP', kind: 'api-key' } as const;
    expect(await approve({ actor: key })).toMatchObject({ error: { kind: 'person-required' } });
    expect(await approve({ version: 99 })).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    world.freeze.isSet = true;
    expect(await approve()).toMatchObject({ error: { kind: 'relations-frozen' } });
    world.freeze.isSet = false;
    const [issue] = openIssues();
    await approve();
    const again = { tenantId: world.tenantId, issueId: issue!.id, version: 1, actor: anna };
    expect(await approveChange(world.deps, again)).toEqual({ ok: true, value: { writes: 0 } });
    expect(writes()).toHaveLength(2);
  });

  it('is not approved when Exact says another number by then', async () => {
    await changeNumber();
    fetched(0, 'bank-account', { iban: 'NL02RABO0123456789', number: 'NL02RABO0123456789' });
    expect(await approve()).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    await compare();
    expect(openIssues()).toMatchObject([{ params: { number: 'NL02RABO0123456789' } }]);
    expect(writes()).toEqual([]);
  });
});
