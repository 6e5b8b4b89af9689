import '@angular/localize/init';
import { describe, expect, it } from 'vitest';
import { runStarterText, secondsOf } from './run-summary.js';

describe('runStarterText', () => {
  it.each([
    [{ trigger: 'person', startedByName: 'Anna' }, 'Anna'],
    [{ trigger: 'schedule', startedByName: 'Koppel' }, 'volgens schema'],
    [{ trigger: 'webhook', startedByName: null }, 'seintje van Exact'],
    [{ trigger: 'person', startedByName: null }, '–'],
  ] as const)('says who or what began %j', (run, text) => {
    expect(runStarterText(run)).toBe(text);
  });
});

describe('secondsOf', () => {
  it('is how long a run took', () => {
    expect(secondsOf({ startedAt: '2026-11-25T12:00:00Z', endedAt: '2026-11-25T12:01:05Z' })).toBe(65);
  });

  it('is unknown while a run goes on, and never less than nothing', () => {
    expect(secondsOf({ startedAt: '2026-11-25T12:00:00Z', endedAt: null })).toBeUndefined();
    expect(secondsOf({ startedAt: '2026-11-25T12:00:01Z', endedAt: '2026-11-25T12:00:00Z' })).toBe(0);
  });
});
