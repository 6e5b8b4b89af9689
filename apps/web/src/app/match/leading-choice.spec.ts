import { describe, expect, it } from 'vitest';
import type { SharedValues, SourceRelation } from '@koppel/contracts';
import {
  bookable,
  bookOn,
  choose,
  sourcesOf,
  splittable,
  suggestedLeading,
  takeOver,
} from './leading-choice.js';

const values: SharedValues = {
  name: 'Jansen B.V.',
  tradeName: null,
  kvk: '30112233',
  vat: null,
  rsin: null,
  address: null,
  email: null,
  phone: '033 4501122',
  website: null,
};
/** Only the parts that choosing looks at. */
const aSource = (id: string, more: Partial<SharedValues> = {}) =>
  ({ id, administrationId: id, values: { ...values, ...more } }) as SourceRelation;

const left = aSource('left', { email: 'info@jansen.nl' });
const right = aSource('right', { phone: '033 4609988' });
const pair = {
  leftSources: [left],
  rightSources: [right],
  differingFields: [
    { field: 'phone' as const, suggestedSourceRelationId: 'left' },
    { field: 'email' as const, suggestedSourceRelationId: 'left' },
  ],
};

describe('leading values of a pair', () => {
  it('start as suggested, for the fields that differ only', () => {
    expect(suggestedLeading(pair)).toEqual({ phone: 'left', email: 'left' });
  });

  it('follow the choice for one field and leave the others', () => {
    expect(choose(suggestedLeading(pair), 'phone', right)).toEqual({ phone: 'right', email: 'left' });
  });

  it('never take an empty value over a filled one', () => {
    expect(choose(suggestedLeading(pair), 'email', right)).toEqual({ phone: 'left', email: 'left' });
    expect(takeOver(suggestedLeading(pair), pair, right)).toEqual({ phone: 'right', email: 'left' });
  });

  it('number the records of the left side first', () => {
    expect(sourcesOf(pair).map((source) => source.id)).toEqual(['left', 'right']);
  });
});

describe('the record to book on', () => {
  const first = { ...aSource('first'), administrationId: 'bouw' };
  const second = { ...aSource('second'), administrationId: 'bouw' };
  const elsewhere = { ...aSource('elsewhere'), administrationId: 'vastgoed' };
  const doubles = { leftSources: [first, elsewhere], rightSources: [second] };

  it('is asked only where an administration has two', () => {
    expect(bookable(doubles).map((source) => source.id)).toEqual(['first', 'second']);
    expect(bookable(pair)).toEqual([]);
  });

  it('is one per administration', () => {
    expect(bookOn(['first', 'elsewhere'], doubles, second)).toEqual(['elsewhere', 'second']);
  });
});

describe('records that can be taken out of a group', () => {
  it('are those of a side with more than one', () => {
    const [one, two, three] = [aSource('1'), aSource('2'), aSource('3')];

    expect(splittable({ leftSources: [one, two], rightSources: [three] })).toEqual([one, two]);
    expect(splittable({ leftSources: [one], rightSources: [three] })).toEqual([]);
  });
});
