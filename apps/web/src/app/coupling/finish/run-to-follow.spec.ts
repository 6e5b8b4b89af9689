import { describe, expect, it } from 'vitest';
import { isUnderWay, openRunOf, runToFollow } from './run-to-follow.js';

const refused = (kind: string, members: object = {}) => {
  const body = { ...{ type: 'x', title: 'x', status: 409, instance: 'x', kind }, ...members };
  return { ok: false as const, problem: { kind, body } };
};

describe('reading what changed in Exact before the coupling is active', () => {
  it('follows the run that was started, or the one that was under way', () => {
    expect(runToFollow({ ok: true, value: { runId: 'a' } })).toBe('a');
    expect(runToFollow(refused('sync-already-running', { syncRunId: 'b' }))).toBe('b');
    expect(runToFollow(refused('connection-broken'))).toBeUndefined();
  });

  it('follows a run that was under way when the page was opened, and none that has ended', () => {
    const ended = { id: 'a', endedAt: '2026-11-28T12:00:00Z' };

    expect(openRunOf(undefined)).toBeUndefined();
    expect(openRunOf([ended])).toBeUndefined();
    expect(openRunOf([{ id: 'b', endedAt: null }, ended])).toBe('b');
  });

  it('is under way until that run has ended', () => {
    expect(isUnderWay(undefined, undefined)).toBe(false);
    expect(isUnderWay('b', undefined)).toBe(true);
    expect(isUnderWay('b', { id: 'a', endedAt: '2026-11-28T12:00:00Z' })).toBe(true);
    expect(isUnderWay('b', { id: 'b', endedAt: null })).toBe(true);
    expect(isUnderWay('b', { id: 'b', endedAt: '2026-11-28T12:00:00Z' })).toBe(false);
  });
});
