import '@angular/localize/init';
import { describe, expect, it } from 'vitest';
import { refusalOf } from './refusal.js';

const reader = { locale: 'nl', now: new Date('2026-11-25T12:00:00Z') };
const common = { type: '', title: '', status: 409, instance: '' };

describe('refusalOf', () => {
  it('names the later act that stands in the way, so that it can be undone first (J07)', () => {
    const body = {
      ...common,
      kind: 'later-action-first',
      laterActionId: 'b',
      laterKind: 'merge',
      byName: 'Anna',
      at: '2026-11-24T12:00:00Z',
    };

    const refusal = refusalOf('a', { kind: 'later-action-first', body }, reader);

    expect(refusal).toMatchObject({ actionId: 'a', laterActionId: 'b' });
    expect(refusal?.text).toContain('Anna deed hierna nog: samenvoegen (24 nov');
  });

  it('says who undid it already', () => {
    const body = { ...common, kind: 'already-undone', byName: 'Ruben', at: '2026-11-24T12:00:00Z' };

    expect(refusalOf('a', { kind: 'already-undone', body }, reader)?.text).toContain('Ruben heeft dit al');
  });

  it.each([
    ['changed-since', 'sindsdien'],
    ['never', 'niet terug te draaien'],
  ])('says why it cannot be undone: %s', (reason, words) => {
    const body = { ...common, kind: 'not-undoable', reason };

    expect(refusalOf('a', { kind: 'not-undoable', body }, reader)?.text).toContain(words);
  });

  it('leaves failures that are not about the act to others', () => {
    expect(refusalOf('a', { kind: 'unreachable', body: undefined }, reader)).toBeUndefined();
  });
});
