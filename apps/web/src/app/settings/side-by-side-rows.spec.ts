import '@angular/localize/init';
import { describe, expect, it } from 'vitest';
import type { AdministrationSettings } from '@koppel/contracts';
import { onlyDifferent, sideBySideRows } from './side-by-side-rows.js';

function company(code: string | null, journal: string | null, more: Partial<AdministrationSettings> = {}) {
  const settings: AdministrationSettings = {
    administrationId: `00000000-0000-0000-0000-0000000000${code ?? '00'}`,
    administrationName: `Bouw ${code ?? ''}`,
    fields: [
      {
        key: 'salesJournal',
        isRequired: true,
        value: journal,
        isInherited: false,
        inheritable: null,
        suggestion: null,
        suggestionReason: null,
        problem: null,
        options: [],
      },
    ],
    inheritsFrom: null,
    code,
    nextInvoiceNumber: null,
    localFields: [],
    isComplete: true,
    missing: 0,
    version: 1,
    updatedAt: null,
    updatedBy: null,
    ...more,
  };
  return settings;
}

describe('administrations side by side', () => {
  it('marks what differs from the first one and what is missing; codes differ by nature', () => {
    const groups = sideBySideRows([company('01', '70'), company('02', '71'), company('03', null)]);
    const cells = (key: string) => groups.flatMap(({ rows }) => rows).find((row) => row.key === key)?.cells;
    expect(cells('salesJournal')?.map(({ isDifferent, isMissing }) => [isDifferent, isMissing])).toEqual([
      [false, false],
      [true, false],
      [false, true],
    ]);
    expect(cells('code')?.some(({ isDifferent }) => isDifferent)).toBe(false);
  });

  it('leaves only rows with something to look at', () => {
    const same = [company('01', '70'), company('02', '70')];
    expect(onlyDifferent(sideBySideRows(same))).toEqual([]);
    const kept = [company('01', '70'), company('02', '70', { localFields: ['phone'] })];
    expect(onlyDifferent(sideBySideRows(kept)).map(({ key }) => key)).toEqual(['terugschrijven']);
  });
});
