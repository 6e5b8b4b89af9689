import { anAdministration } from '@koppel/domain/testing';
import { describe, expect, it } from 'vitest';
import { healthOf } from './health.js';

const active = anAdministration({ state: 'active' });
const fine = { isConnectionBroken: false, isBusy: false, openIssues: 0, openDoubles: 0 };

describe('healthOf', () => {
  it('is in step when nothing waits', () => {
    expect(healthOf(active, fine)).toBe('in-step');
  });

  it.each([{ openIssues: 1 }, { openDoubles: 1 }])('waits for a person while there is %j', (over) => {
    expect(healthOf(active, { ...fine, ...over })).toBe('waits-for-you');
  });

  it('is busy first: what is being compared may ask more', () => {
    expect(healthOf(active, { ...fine, isBusy: true, openDoubles: 1 })).toBe('busy');
  });
});
