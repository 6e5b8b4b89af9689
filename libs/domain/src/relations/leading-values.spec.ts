import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asId, type AdministrationId } from '../kernel/index.js';
import { anAddress, aSourceRelation, idOf } from '../testing/index.js';
import { activityOf } from './activity.js';
import { chooseLeadingValues } from './leading-values.js';
import { isEmpty, saysTheSame } from './same-value.js';

const today = '2026-11-25';

function member(id: number, shared: object, over: { local?: object; state?: 'present' | 'deleted' } = {}) {
  const administrationId = asId<AdministrationId>(idOf(900 + id));
  const source = aSourceRelation({ id: idOf(id), administrationId, shared, local: over.local ?? {} });
  return { position: id, localFields: [], source: { ...source, state: over.state ?? 'present' } };
}

describe('chooseLeadingValues', () => {
  it('lets the first administration lead, and fills what it leaves empty from the next', () => {
    const { values, leading } = chooseLeadingValues(
      [member(2, { email: 'b@x.test', phone: '2' }), member(1, { phone: '1' })],
      today,
    );

    expect(values).toMatchObject({ phone: '1', email: 'b@x.test' });
    expect(leading).toMatchObject({ phone: { source: idOf(1) }, email: { source: idOf(2) } });
  });

  it('takes an address as one block: no line of one account ever completes another’s (C16)', () => {
    const a = member(1, { address: anAddress('Dorpsstraat 1', '1234AB', 'Voorbeeldstad') });
    const b = member(2, {
      address: { ...anAddress('Kade 9', '1234AB', 'Voorbeeldstad'), line2: 'Unit 222' },
    });

    expect(chooseLeadingValues([a, b], today).values.address).toEqual(a.source.fields.shared.address);
  });

  it.each([
    ['blocked', { local: { isBlocked: true } }],
    ['ended', { local: { endsOn: '2026-11-24' } }],
    ['deleted', { state: 'deleted' as const }],
  ])('lets a %s account win nothing while another is left (C19)', (_name, over) => {
    const { values } = chooseLeadingValues(
      [member(1, { phone: '1', email: 'a@x.test' }, over), member(2, { phone: '2' })],
      today,
    );

    expect(values).toMatchObject({ phone: '2', email: null });
  });

  it('takes what an administration keeps to itself only when nobody else has a value', () => {
    const local = {
      ...member(1, { phone: '1', email: 'a@x.test' }),
      localFields: ['phone', 'email'] as const,
    };
    const { values } = chooseLeadingValues([local, member(2, { phone: '2' })], today);

    expect(values).toMatchObject({ phone: '2', email: 'a@x.test' });
  });

  it('takes the values of blocked accounts when there is no other', () => {
    expect(
      chooseLeadingValues([member(1, { phone: '1' }, { local: { isBlocked: true } })], today).values.phone,
    ).toBe('1');
  });

  it('is the same for every order of the accounts', () => {
    const members = [
      member(1, { phone: '1' }),
      member(2, { email: 'b' }),
      member(3, { phone: '3', vat: 'x' }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(members, { minLength: 3 }), (shuffled) => {
        expect(chooseLeadingValues(shuffled, today)).toEqual(chooseLeadingValues(members, today));
      }),
    );
  });
});

describe('activityOf (C19)', () => {
  const account = { isBlocked: false, startsOn: null, endsOn: null };
  it.each([
    [account, 'active'],
    [{ ...account, isBlocked: true }, 'blocked'],
    [{ ...account, endsOn: '2024-02-29' }, 'inactive'],
    [{ ...account, endsOn: '2024-03-01' }, 'active'],
    [{ ...account, startsOn: '2024-04-01' }, 'not-yet-active'],
  ])('of %j on 2024-03-01 is %s', (facts, expected) => {
    expect(activityOf(facts, '2024-03-01')).toBe(expected);
  });
});

describe('saysTheSame', () => {
  it.each([
    ['phone', '020-0000012', '+31 (0)20 000 00 12', true],
    ['phone', '0200000012', '0200000013', false],
    ['vat', 'BE 0999.012.304', 'be0999012304', true],
    ['kvk', '99 000 031', '99000031', true],
    ['email', 'Info@Eik.test', 'info@eik.test', true],
    ['website', 'https://www.eik.test/', 'eik.test', true],
    ['name', 'De  Eik', 'De Eik', true],
    ['name', 'De Eik', 'de eik', false],
    ['address', anAddress('Kade 9', '1234 ab'), anAddress('kade 9', '1234AB'), true],
    ['address', anAddress('Kade 9'), anAddress('Hof 3'), false],
    ['tradeName', '', null, true],
  ] as const)('%s: %j and %j: %s', (field, one, other, expected) => {
    expect(saysTheSame(field, one, other)).toBe(expected);
    expect(saysTheSame(field, other, one)).toBe(expected);
  });

  it('takes an address of which only the country is filled as empty', () => {
    expect(
      isEmpty({ line1: null, line2: '', line3: null, postcode: null, city: ' ', state: null, country: 'NL' }),
    ).toBe(true);
  });
});
