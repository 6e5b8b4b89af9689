import '@angular/localize/init';
import type { Coupling } from '@koppel/contracts';
import { describe, expect, it } from 'vitest';
import { stepViews } from './steps.js';

const order = ['connect', 'select', 'configure', 'synchronise', 'match', 'settings', 'active'] as const;

function aCoupling(at: Coupling['step']): Coupling {
  const now = order.indexOf(at);
  return {
    step: at,
    isFrozen: false,
    frozenSince: null,
    contactHandling: null,
    confirmation: null,
    activatedAt: null,
    resyncMinutes: 15,
    accountCreation: 'first-use',
    isAdding: false,
    steps: order.map((step, index) => ({
      step,
      state: index < now ? 'done' : index === now ? 'now' : 'next',
      finishedByName: null,
      finishedAt: null,
    })),
    connections: [],
    runId: null,
    openBlockingIssues: 0,
    openProposals: 0,
    version: 1,
  };
}

const lastTwo = (at: Coupling['step'], isFinishing: boolean) =>
  stepViews(aCoupling(at), isFinishing)
    .slice(-2)
    .map(({ number, state, link }) => [number, state, link]);

describe('the stepper', () => {
  it('is at the end, with the settings behind it, while the page of the end is open', () => {
    expect(lastTwo('settings', true)).toEqual([
      [6, 'done', '/koppelen/instellingen'],
      [7, 'now', '/koppelen/afronden'],
    ]);
  });

  it('is at the settings while those are open, with the way to the end', () => {
    expect(lastTwo('settings', false)).toEqual([
      [6, 'now', '/koppelen/instellingen'],
      [7, 'next', '/koppelen/afronden'],
    ]);
  });

  it('stays where the coupling is for who opens the page of the end too early', () => {
    expect(stepViews(aCoupling('match'), true).find(({ state }) => state === 'now')?.number).toBe(5);
  });
});
