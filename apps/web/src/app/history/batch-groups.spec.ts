import type { Action } from '@koppel/contracts';
import { describe, expect, it } from 'vitest';
import { linesOf } from './batch-groups.js';

const anAction = (id: string, batchId?: string, kind = 'merge') =>
  ({ id, kind, batch: batchId ? { id: batchId, acts: 3, standing: 2 } : null }) as Action; // only what grouping looks at

describe('lines of the history', () => {
  it('join acts of one batch that follow each other, in their order', () => {
    const lines = linesOf([anAction('a', 'x'), anAction('b', 'x'), anAction('c'), anAction('d', 'y')]);

    expect(
      lines.map((line) => (line.kind === 'act' ? line.action.id : line.actions.map(({ id }) => id))),
    ).toEqual([['a', 'b'], 'c', ['d']]);
  });

  it('are one each where batches do not matter', () => {
    const lines = linesOf([anAction('a', 'x'), anAction('b', 'x')], false);

    expect(lines.map(({ kind }) => kind)).toEqual(['act', 'act']);
  });

  it('tell taking back from doing', () => {
    const lines = linesOf([anAction('a', 'x', 'undo'), anAction('b', 'x', 'undo'), anAction('c', 'x')]);

    expect(lines.map(({ key }) => key)).toEqual(['a', 'c']);
  });

  it('tell issues that were ignored at once from their reopening', () => {
    const [again, ignored] = ['reopen-issue', 'ignore-issue'].map((kind) => anAction(kind, 'x', kind));
    expect(linesOf([again!, ignored!])).toMatchObject([
      { key: 'reopen-issue', batch: { id: 'x', subject: 'issues' } },
      { key: 'ignore-issue', batch: { id: 'x', subject: 'issues' } },
    ]);
  });

  it('stay apart where another act came between, so that time goes one way', () => {
    const lines = linesOf([anAction('a', 'x'), anAction('b'), anAction('c', 'x')]);

    expect(lines.map(({ kind }) => kind)).toEqual(['batch', 'act', 'batch']);
  });
});
