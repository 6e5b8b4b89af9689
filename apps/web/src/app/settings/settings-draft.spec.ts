import { describe, expect, it } from 'vitest';
import type { AdministrationSettings } from '@koppel/contracts';
import {
  acceptSuggestions,
  copyPreview,
  missingIn,
  openSuggestions,
  optionText,
  withValue,
  type SettingField,
} from './settings-draft.js';

const aField = (more: Partial<SettingField> = {}): SettingField => ({
  key: 'salesJournal',
  isRequired: true,
  value: null,
  suggestion: '70',
  suggestionReason: null,
  problem: null,
  options: [{ code: '70', description: 'Verkoopboek', isBlocked: false }],
  ...more,
});
const settings = (...fields: SettingField[]): AdministrationSettings => ({
  administrationId: '00000000-0000-0000-0000-000000000001',
  administrationName: 'Bouw',
  fields,
  isComplete: false,
  missing: 0,
  version: 1,
  updatedAt: null,
  updatedBy: null,
});

describe('a draft of settings', () => {
  it('fills in every suggestion for an empty field and never replaces a choice', () => {
    const chosen = aField({ key: 'purchaseJournal', value: '61', suggestion: '60' });
    expect(acceptSuggestions(settings(aField(), chosen), {})).toEqual({ salesJournal: '70' });
  });

  it('counts required fields that are still empty, with the draft applied', () => {
    const two = settings(
      aField(),
      aField({ key: 'salesVatCode' }),
      aField({ key: 'defaultCostUnit', isRequired: false }),
    );
    expect(missingIn(two, {})).toBe(2);
    expect(missingIn(two, { salesJournal: '70' })).toBe(1);
  });

  it('forgets a change that leads back to what is saved', () => {
    const field = aField({ value: '70' });
    const changed = withValue({}, field, '71');
    expect(changed).toEqual({ salesJournal: '71' });
    expect(withValue(changed, field, '70')).toEqual({});
  });

  it('offers no suggestion for a field that was cleared by the draft only when there is none', () => {
    expect(openSuggestions(settings(aField({ value: '71' })), { salesJournal: null })).toHaveLength(1);
    expect(openSuggestions(settings(aField({ suggestion: null })), {})).toHaveLength(0);
  });

  it('shows a code that Exact no longer has as it is', () => {
    expect(optionText(aField(), '70')).toBe('70 · Verkoopboek');
    expect(optionText(aField(), '99')).toBe('99');
    expect(optionText(aField(), null)).toBe('');
  });
});

describe('copying settings to another administration', () => {
  it('changes only what is filled and differs', () => {
    const from = settings(aField({ value: '70' }), aField({ key: 'salesVatCode', value: null }));
    expect(copyPreview(from, settings(aField({ value: '70' })))).toEqual([]);
    expect(copyPreview(from, settings(aField({ value: null })))).toEqual([
      { key: 'salesJournal', from: null, to: '70', text: '70 · Verkoopboek', isPossible: true },
    ]);
  });

  it.each([
    ['is missing there', []],
    ['is blocked there', [{ code: '70', description: 'Verkoopboek', isBlocked: true }]],
  ])('cannot copy a code that %s', (_why, options) => {
    const [row] = copyPreview(settings(aField({ value: '70' })), settings(aField({ options })));
    expect(row?.isPossible).toBe(false);
  });
});
