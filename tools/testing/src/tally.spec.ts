import { describe, expect, it } from 'vitest';
import { addTallies, tallyLines } from './tally.js';

describe('tallyLines', () => {
  it('closes with the counts alone when everything ran', () => {
    expect(tallyLines({ passed: 12, failed: 1, skipped: [] })).toEqual(['12 passed, 1 failed']);
  });

  it('lists what was skipped under its reason, and how many, above the counts', () => {
    const skipped = [
      { name: 'a', reason: 'no Redis was found' },
      { name: 'b', reason: 'they are not written yet' },
      { name: 'c', reason: 'no Redis was found' },
    ];

    expect(tallyLines({ passed: 3, failed: 0, skipped })).toEqual([
      'skipped, because no Redis was found:',
      '  a',
      '  c',
      'skipped, because they are not written yet:',
      '  b',
      '3 skipped',
      '3 passed, 0 failed',
    ]);
  });
});

describe('addTallies', () => {
  it('adds every part and keeps every skipped test', () => {
    const skip = { name: 'a', reason: 'because' };

    const total = addTallies([
      { passed: 1, failed: 0, skipped: [skip] },
      { passed: 2, failed: 3, skipped: [skip] },
    ]);

    expect(total).toEqual({ passed: 3, failed: 3, skipped: [skip, skip] });
  });
});
