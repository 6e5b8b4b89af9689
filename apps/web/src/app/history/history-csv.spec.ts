import '@angular/localize/init';
import type { Action } from '@koppel/contracts';
import { describe, expect, it } from 'vitest';
import { historyCsv } from './history-csv.js';

const anAction = (given: Partial<Action>): Action => ({
  id: 'a',
  kind: 'edit',
  actorName: 'Anna',
  at: '2026-11-25T12:00:00.000Z',
  relationIds: ['r'],
  summary: { nl: 'De Eik gewijzigd', en: 'Edited De Eik' },
  note: null,
  changes: [],
  isUndoable: true,
  isUndone: false,
  undoOf: null,
  batch: null,
  ...given,
});
const linesOf = (csv: string) => csv.split('\r\n').slice(1, -1);

describe('historyCsv', () => {
  it('has a line per changed field, with the value before and after', () => {
    const changes = [
      { field: 'phone', before: null, after: '0200000012' },
      { field: 'email', before: 'a@eik.test', after: null },
    ];

    expect(linesOf(historyCsv([anAction({ changes })], 'nl'))).toEqual([
      '2026-11-25T12:00:00.000Z;Anna;De Eik gewijzigd;Telefoon;;0200000012;;r',
      '2026-11-25T12:00:00.000Z;Anna;De Eik gewijzigd;E-mail;a@eik.test;;;r',
    ]);
  });

  it('has one line for an act that changed no field, and says that it was undone', () => {
    expect(linesOf(historyCsv([anAction({ isUndone: true })], 'nl'))).toEqual([
      '2026-11-25T12:00:00.000Z;Anna;De Eik gewijzigd;;;;ja;r',
    ]);
  });

  it('separates by comma in English', () => {
    expect(linesOf(historyCsv([anAction({})], 'en'))).toEqual([
      '2026-11-25T12:00:00.000Z,Anna,Edited De Eik,,,,,r',
    ]);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['Bos; "de" zaak', '"Bos; ""de"" zaak"'],
  ])('keeps %j text in a spreadsheet', (value, cell) => {
    const changes = [{ field: 'name', before: value, after: null }];

    expect(historyCsv([anAction({ changes })], 'nl')).toContain(`Naam;${cell};;;r\r\n`);
  });
});
