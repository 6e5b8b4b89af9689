import { describe, expect, it } from 'vitest';
import { matchCounts } from './match-counts.js';

const read = { open: 5, aside: 4, same: 6, different: 3, unsure: 1 };

describe('matchCounts', () => {
  it('takes decisions on open pairs, and what they answered, from what is open', () => {
    expect(matchCounts(read, { state: 'open', decided: 2, overtaken: 1 })).toEqual({
      total: 14,
      decided: 12,
      open: 2,
      aside: 4,
    });
  });

  it('counts what was set aside once it is decided, so that never more is decided than there is', () => {
    expect(matchCounts({ ...read, open: 0 }, { state: 'aside', decided: 2, overtaken: 1 })).toEqual({
      total: 12,
      decided: 12,
      open: 0,
      aside: 1,
    });
  });

  it('counts what was kept for later no second time', () => {
    expect(matchCounts({ ...read, open: 0 }, { state: 'unsure', decided: 1, overtaken: 0 })).toEqual({
      total: 10,
      decided: 10,
      open: 0,
      aside: 4,
    });
  });
});
