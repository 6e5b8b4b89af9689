import { describe, expect, it } from 'vitest';
import { pollMsOf, writingNews } from './dashboard-pace.js';

const aMinute = 60_000;

describe('the overview', () => {
  it.each([
    ['a run goes on', { openRunId: 'a', writes: { waiting: 0, secondsLeft: 0 } }],
    ['writes are under way', { openRunId: null, writes: { waiting: 3, secondsLeft: 90 } }],
  ])('is read again within seconds while %s', (_, dashboard) => {
    expect(pollMsOf(dashboard)).toBeLessThan(aMinute / 4);
  });

  it.each([
    ['nothing waits', { openRunId: null, writes: { waiting: 0, secondsLeft: 0 } }],
    [
      'what waits can only be written tomorrow',
      { openRunId: null, writes: { waiting: 3, secondsLeft: null } },
    ],
    ['a plan is written for hours', { openRunId: null, writes: { waiting: 500, secondsLeft: 24_000 } }],
  ])('is read again each minute while %s', (_, dashboard) => {
    expect(pollMsOf(dashboard)).toBe(aMinute);
  });

  it('tells that writing began and ended, and nothing at first or in between', () => {
    expect([
      writingNews(undefined, true),
      writingNews(true, true),
      writingNews(true, false),
      writingNews(false, false),
      writingNews(false, true),
      writingNews(true, undefined),
    ]).toEqual([undefined, undefined, 'ended', undefined, 'began', undefined]);
  });
});
