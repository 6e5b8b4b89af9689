import { describe, expect, it } from 'vitest';
import type { SharedValues } from '@koppel/contracts';
import { changedValues, formValuesOf } from './edited-values.js';

const values: SharedValues = {
  name: 'Jansen B.V.',
  tradeName: null,
  kvk: '30112233',
  vat: null,
  rsin: null,
  address: {
    line1: 'Havenstraat 2',
    line2: null,
    line3: null,
    postcode: '3811 AB',
    city: 'Amersfoort',
    state: null,
    country: 'NL',
  },
  email: 'info@jansen.nl',
  phone: null,
  website: null,
};

describe('changedValues', () => {
  it('sends nothing when nothing was changed', () => {
    expect(changedValues(values, formValuesOf(values))).toEqual({});
  });

  it('sends a changed value, trimmed, and only that', () => {
    expect(changedValues(values, { ...formValuesOf(values), phone: ' 033 4501122 ' })).toEqual({
      phone: '033 4501122',
    });
  });

  it('clears a value whose box was emptied', () => {
    expect(changedValues(values, { ...formValuesOf(values), email: '' })).toEqual({ email: null });
  });

  it('sends an address whole, so that no half address is left', () => {
    expect(changedValues(values, { ...formValuesOf(values), line1: 'Kade 7' })).toEqual({
      address: { ...values.address, line1: 'Kade 7' },
    });
  });

  it('clears an address of which every box was emptied', () => {
    const empty = { line1: '', line2: '', line3: '', postcode: '', city: '', state: '', country: '' };
    expect(changedValues(values, { ...formValuesOf(values), ...empty })).toEqual({ address: null });
  });
});
