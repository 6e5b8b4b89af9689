import { describe, expect, it } from 'vitest';
import { lookAgainMs } from './watch-deliveries.js';

const now = new Date('2026-11-25T09:00:00.000Z');
const waiting = (inMs: number) =>
  ({ state: 'waiting', dueAt: new Date(now.getTime() + inMs).toISOString() }) as const;

describe('deliveries in view', () => {
  it('are looked at again while one is about to be sent, and more slowly the longer nothing happens', () => {
    const pauses = [0, 5, 50].map((looks) => lookAgainMs([waiting(0)], { now, looks }) ?? 0);
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    expect(pauses[0]).toBe(1_000);
    expect(pauses[2]).toBe(30_000);
  });

  it('are left alone when nothing comes soon, or nothing has come for long', () => {
    expect(lookAgainMs([{ state: 'delivered', dueAt: null }], { now, looks: 0 })).toBeUndefined();
    expect(lookAgainMs([waiting(300_000)], { now, looks: 0 })).toBeUndefined();
    expect(lookAgainMs([waiting(0)], { now, looks: 100 })).toBeUndefined();
  });
});
