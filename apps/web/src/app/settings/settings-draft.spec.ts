import { describe, expect, it } from 'vitest';
import type { AdministrationSettings, SharedField } from '@koppel/contracts';
import {
  acceptSuggestions,
  copiedFields,
  copyPreview,
  isTouched,
  missingIn,
  openSuggestions,
  optionText,
  toChange,
  withChoice,
  type SettingField,
} from './settings-draft.js';

const aField = (more: Partial<SettingField> = {}): SettingField => ({
  key: 'salesJournal',
  isRequired: true,
  value: null,
  isInherited: false,
  inheritable: null,
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
  inheritsFrom: null,
  code: '007',
  nextInvoiceNumber: null,
  localFields: [],
  isComplete: false,
  missing: 0,
  version: 1,
  updatedAt: null,
  updatedBy: null,
});
const own = (value: string | null) => ({ value, follows: false });
const followed = (value: string | null) => ({ value, follows: true });

describe('a draft of settings', () => {
  it('fills in every suggestion for an empty field and never replaces a choice', () => {
    const chosen = aField({ key: 'purchaseJournal', value: '61', suggestion: '60' });
    expect(acceptSuggestions(settings(aField(), chosen), {})).toEqual({ salesJournal: own('70') });
  });

  it('goes along with the first administration where its choice is what is suggested', () => {
    const asFirst = aField({ inheritable: '70' });
    const usual = aField({ key: 'purchaseJournal', suggestion: '60', inheritable: null });
    const draft = acceptSuggestions(settings(asFirst, usual), {});
    expect(toChange(draft)).toEqual({ values: { purchaseJournal: '60' }, follow: ['salesJournal'] });
  });

  it('touches the kind of settings that a changed one belongs to, and no other', () => {
    const draft = { salesJournal: own('70') };
    expect(isTouched(['salesJournal', 'purchaseJournal'], draft)).toBe(true);
    expect(isTouched(['salesVatCode'], draft)).toBe(false);
    expect(isTouched(['salesJournal'], withChoice(draft, aField({ value: '70' }), own('70')))).toBe(false);
  });

  it('counts required fields that are still empty or refused, with the draft applied', () => {
    const fields = [
      aField(),
      aField({ key: 'salesVatCode' }),
      aField({ key: 'defaultCostUnit', isRequired: false }),
      aField({ key: 'defaultCostCenter', isRequired: false, value: '9', problem: { nl: 'x', en: 'x' } }),
    ];
    expect(missingIn(fields, {})).toBe(3);
    expect(missingIn(fields, { salesJournal: own('70'), defaultCostCenter: own('1') })).toBe(1);
  });

  it('forgets a change that leads back to what is saved, and keeps one of whom it follows', () => {
    const field = aField({ value: '70' });
    const changed = withChoice({}, field, own('71'));
    expect(changed).toEqual({ salesJournal: own('71') });
    expect(withChoice(changed, field, own('70'))).toEqual({});
    expect(withChoice({}, field, followed('70'))).toEqual({ salesJournal: followed('70') });
  });

  it('offers no suggestion for a field that was cleared by the draft only when there is none', () => {
    expect(openSuggestions(settings(aField({ value: '71' })), { salesJournal: own(null) })).toHaveLength(1);
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

  it('takes along what stays in the administration, also when that is nothing any more', () => {
    const keeping = (...localFields: SharedField[]) => ({ ...settings(), localFields });
    expect(copiedFields(keeping('phone', 'email'), keeping('email', 'phone'))).toBeUndefined();
    expect(copiedFields(keeping('phone'), keeping('email'))).toEqual(['phone']);
    expect(copiedFields(keeping(), keeping('email'))).toEqual([]);
  });
});
