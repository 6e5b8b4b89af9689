import '@angular/localize/init';
import type { Action } from '@koppel/contracts';
import { describe, expect, it } from 'vitest';
import { byDay } from './days.js';

/** Local times, as the days are the reader's own. */
const anAction = (id: string, at: string): Action => ({
  id,
  kind: 'edit',
  actorName: 'Anna',
  at: new Date(at).toISOString(),
  relationIds: [],
  summary: { nl: '', en: '' },
  note: null,
  changes: [],
  isUndoable: true,
  isUndone: false,
  undoOf: null,
  batch: null,
});

describe('byDay', () => {
  const now = new Date('2026-11-25T09:00:00');

  it('puts acts under today, yesterday or their date', () => {
    const actions = [
      anAction('a', '2026-11-25T08:00:00'),
      anAction('b', '2026-11-25T00:10:00'),
      anAction('c', '2026-11-24T23:50:00'),
      anAction('d', '2026-11-02T12:00:00'),
    ];

    expect(
      byDay(actions, 'nl', now).map(({ heading, actions: own }) => [heading, own.map(({ id }) => id)]),
    ).toEqual([
      ['Vandaag', ['a', 'b']],
      ['Gisteren', ['c']],
      ['2 nov 2026', ['d']],
    ]);
  });
});
