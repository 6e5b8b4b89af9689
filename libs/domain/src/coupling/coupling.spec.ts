import { describe, expect, it } from 'vitest';
import { anAdministration } from '../testing/index.js';
import { advance, isAdding, newCoupling, participants, stepViews, type Coupling } from './coupling.js';
import { couplingSteps, transitions, type CouplingEvent } from './coupling-step.js';

const now = new Date('2026-11-25T09:00:00Z');
const at = (step: Coupling['step'], over: Partial<Coupling> = {}): Coupling => ({
  ...newCoupling('connect', now),
  step,
  ...over,
});
const events = [...new Set(transitions.map((one) => one.on))];

describe('the steps of a coupling', () => {
  it('lead from connecting to active in the order of the screens', () => {
    const path: CouplingEvent[] = [
      'connected',
      'selected',
      'confirmed',
      'synchronised',
      'matched',
      'activated',
    ];
    let coupling = at('connect');
    const visited = [coupling.step];
    for (const event of path) {
      const advanced = advance(coupling, event, now);
      coupling = advanced.ok ? advanced.value.coupling : coupling;
      visited.push(coupling.step);
    }
    expect(visited).toEqual([...couplingSteps]);
  });

  it('refuse every event that the table does not name, and tell where it stands', () => {
    for (const step of couplingSteps) {
      for (const event of events) {
        const isNamed = transitions.some((one) => one.from === step && one.on === event);
        const advanced = advance(at(step), event, now);
        expect(advanced.ok, `${event} at ${step}`).toBe(isNamed);
        if (!advanced.ok) expect(advanced.error).toEqual({ kind: 'wrong-step', step });
      }
    }
  });

  it('freeze editing from the confirmation to the activation, and at no other time', () => {
    const frozen = advance(at('configure'), 'confirmed', now);
    expect(frozen).toMatchObject({ value: { coupling: { frozenSince: now } } });
    const stays = advance(at('synchronise', { frozenSince: now }), 'synchronised', new Date());
    expect(stays).toMatchObject({ value: { coupling: { frozenSince: now } } });
    const free = advance(at('settings', { frozenSince: now }), 'activated', now);
    expect(free).toMatchObject({ value: { coupling: { frozenSince: null } } });
    expect(transitions.filter((one) => one.freeze)).toHaveLength(2);
  });

  it('show who finished what is done, with the newest name, and nothing of what is still to come', () => {
    const entry = (step: Coupling['step'], actorName: string) => ({
      id: actorName,
      step,
      actorId: actorName,
      actorName,
      at: now,
      detail: {},
    });
    const views = stepViews(at('configure'), [
      entry('connect', 'Anneke'),
      entry('select', 'Bas'),
      entry('select', 'Carla'),
      entry('configure', 'of an earlier pass'),
    ]);
    expect(views.map((one) => [one.step, one.state, one.finishedByName])).toEqual([
      ['connect', 'done', 'Anneke'],
      ['select', 'done', 'Carla'],
      ['configure', 'now', null],
      ['synchronise', 'next', null],
      ['match', 'next', null],
      ['settings', 'next', null],
      ['active', 'next', null],
    ]);
  });
});

describe('who takes part', () => {
  const active = anAdministration({ division: 1, state: 'active' });
  const selected = anAdministration({ division: 2, state: 'selected' });
  const paused = anAdministration({ division: 3, state: 'paused' });
  const available = anAdministration({ division: 4 });
  const all = [active, selected, paused, available];

  it('is in a first coupling also the one that was coupled alone before', () => {
    expect(participants(at('configure'), all)).toEqual([active, selected]);
  });

  it('is in an addition only what is new, and nobody once it is active', () => {
    expect(participants(at('configure', { activatedAt: now }), all)).toEqual([selected]);
    expect(participants(at('active', { activatedAt: now }), all)).toEqual([]);
    expect(isAdding(at('match', { activatedAt: now }))).toBe(true);
    expect(isAdding(at('active', { activatedAt: now }))).toBe(false);
  });
});
