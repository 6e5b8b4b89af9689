import { describe, expect, it } from 'vitest';
import { expiryOf, keyStateOf } from './key-expiry.js';

const now = new Date('2026-11-25T12:00:00Z');

describe('expiryOf', () => {
  it('is the same time of day so many days later', () => {
    expect(expiryOf(30, now)).toBe('2026-12-25T12:00:00.000Z');
  });

  it('is nothing for a key without end', () => {
    expect(expiryOf(undefined, now)).toBeUndefined();
  });
});

describe('keyStateOf', () => {
  it.each([
    [null, 'valid'],
    ['2027-11-25T12:00:00Z', 'valid'],
    ['2026-12-09T12:00:00Z', 'ends-soon'],
    ['2026-11-25T12:00:00Z', 'ended'],
    ['2026-11-01T12:00:00Z', 'ended'],
  ] as const)('of a key that ends at %s is %s', (expiresAt, state) => {
    expect(keyStateOf(expiresAt, now)).toBe(state);
  });
});
