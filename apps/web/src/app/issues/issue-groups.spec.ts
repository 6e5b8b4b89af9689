import type { Issue } from '@koppel/contracts';
import { describe, expect, it } from 'vitest';
import { allOffer, groupByCause } from './issue-groups.js';

const text = (nl: string) => ({ nl, en: nl });

function anIssue(id: string, given: Partial<Issue> = {}): Issue {
  return {
    id,
    administrationId: null,
    administrationName: null,
    cause: 'record-rejected',
    causeTitle: text('Niet overgenomen'),
    class: 'data',
    isBlocking: false,
    title: text(id),
    explanation: text(''),
    waysOut: [],
    occurrences: 1,
    state: 'open',
    openedAt: '2026-11-25T12:00:00Z',
    lastSeenAt: '2026-11-25T12:00:00Z',
    closedAt: null,
    closedBy: null,
    ignoredReason: null,
    version: 1,
    ...given,
  };
}

describe('groupByCause', () => {
  it('puts issues of one cause together, blocking causes first', () => {
    const issues = [anIssue('a'), anIssue('b', { cause: 'fetch-failed', isBlocking: true }), anIssue('c')];

    const groups = groupByCause(issues, []);

    expect(groups.map(({ cause, issues: own }) => [cause, own.map(({ id }) => id)])).toEqual([
      ['fetch-failed', ['b']],
      ['record-rejected', ['a', 'c']],
    ]);
  });

  it('counts what the server knows, also when not everything is loaded', () => {
    const count = {
      class: 'data',
      cause: 'record-rejected',
      title: text('Niet overgenomen'),
      open: 240,
      blocking: 0,
    } as const;

    expect(groupByCause([anIssue('a')], [count])).toMatchObject([
      { title: text('Niet overgenomen'), total: 240 },
    ]);
  });
});

describe('a group', () => {
  it('is headed by its cause, also where nothing of it is open and so nothing is counted', () => {
    const ignored = anIssue('Dubbel in één administratie: Jacobs B.V.', {
      state: 'ignored',
      causeTitle: text('Dubbel in één administratie'),
    });
    expect(groupByCause([ignored], [])).toMatchObject([
      { title: text('Dubbel in één administratie'), total: 1 },
    ]);
  });
});

describe('allOffer', () => {
  it('is only true when none of the group misses the way out', () => {
    const ignorable = anIssue('a', { waysOut: [{ kind: 'ignore', label: text('Negeren'), url: null }] });

    expect(allOffer({ issues: [ignorable, ignorable] }, ['ignore'])).toBe(true);
    expect(allOffer({ issues: [ignorable, anIssue('b')] }, ['ignore'])).toBe(false);
  });
});
