import { describe, expect, it } from 'vitest';
import { isReturning } from '../administrations/index.js';
import { aConnection, aCouplingWorld, anAdministration } from '../testing/index.js';
import { selectAdministrations } from './select-administrations.js';

const a = anAdministration({ division: 1 });
const b = anAdministration({ division: 2 });
const c = anAdministration({ division: 3 });

function aWorld(of: Parameters<typeof aCouplingWorld>[0] = {}) {
  const world = aCouplingWorld({
    coupling: { step: 'select' },
    administrations: [a, b, c],
    connections: [aConnection()],
    ...of,
  });
  const select = (...chosen: (typeof a)[]) =>
    selectAdministrations(world.deps, {
      tenantId: world.tenantId,
      actor: world.actor,
      administrationIds: chosen.map((one) => one.id),
    });
  const states = async () =>
    Object.fromEntries((await world.administrations.findMany()).map((one) => [one.division, one.state]));
  return { ...world, select, states };
}

describe('selectAdministrations', () => {
  it('selects in the order of choice and goes on to configuring', async () => {
    const world = aWorld();
    expect(await world.select(c, a)).toMatchObject({ ok: true, value: { step: 'configure' } });
    const all = await world.administrations.findMany();
    expect(all.filter((one) => one.state === 'selected').map((one) => [one.division, one.position])).toEqual([
      [3, 1],
      [1, 2],
    ]);
    expect(await world.couplings.findStepLog()).toMatchObject([{ step: 'select', detail: { selected: 2 } }]);
  });

  it('may be changed until the confirmation: what is unticked goes back', async () => {
    const world = aWorld();
    await world.select(a, b);
    expect(await world.select(b, c)).toMatchObject({ ok: true, value: { step: 'configure' } });
    expect(await world.states()).toEqual({ 1: 'available', 2: 'selected', 3: 'selected' });
  });

  it('refuses what cannot be coupled, with the reason, and selects nothing then', async () => {
    const closed = { ...b, unavailableReason: 'no-rights' as const };
    const world = aWorld({ coupling: { step: 'select' }, administrations: [a, closed] });
    expect(await world.select(a, closed)).toEqual({
      ok: false,
      error: { kind: 'administration-unavailable', administrationId: closed.id, reason: 'no-rights' },
    });
    expect(await world.select(a, c)).toEqual({
      ok: false,
      error: { kind: 'administration-unknown', administrationId: c.id },
    });
    expect(await world.states()).toEqual({ 1: 'available', 2: 'available' });
  });

  it.each(['synchronise', 'match', 'settings'] as const)('is refused at step %s', async (step) => {
    const world = aWorld({ coupling: { step }, administrations: [a] });
    expect(await world.select(a)).toEqual({ ok: false, error: { kind: 'wrong-step', step } });
    expect(await world.states()).toEqual({ 1: 'available' });
  });

  it('lets a tenant that was coupled to one administration add others and leaves that one as it is', async () => {
    const coupled = { ...a, state: 'active' as const, code: '050', position: 1 };
    const world = aWorld({ administrations: [coupled, b] });
    await world.select(coupled, b);
    expect(await world.administrations.findById(a.id)).toEqual(coupled);
    expect(await world.administrations.findById(b.id)).toMatchObject({ state: 'selected', position: 2 });
  });

  it('begins an addition to an active coupling, and ends it when nothing new is left', async () => {
    const activatedAt = new Date('2026-01-01T00:00:00Z');
    const coupled = { ...a, state: 'active' as const, activatedAt };
    const world = aWorld({ coupling: { step: 'active', activatedAt }, administrations: [coupled, b] });
    expect(await world.select(coupled)).toMatchObject({ value: { step: 'active' } });
    expect(await world.select(b)).toMatchObject({ value: { step: 'configure', activatedAt } });
    expect(await world.select(coupled)).toMatchObject({ value: { step: 'active' } });
    expect(await world.states()).toEqual({ 1: 'active', 2: 'available' });
  });

  it('takes a removed administration back with the code that it had', async () => {
    const activatedAt = new Date('2026-01-01T00:00:00Z');
    const selectedAt = new Date('2025-12-31T00:00:00Z');
    const removed = { ...b, state: 'removed' as const, code: '007', selectedAt, activatedAt };
    const world = aWorld({ coupling: { step: 'active', activatedAt }, administrations: [removed] });
    await world.select(removed);
    const returning = await world.administrations.findById(b.id);
    expect(returning).toMatchObject({ state: 'selected', code: '007' });
    expect(returning && isReturning(returning)).toBe(true);
  });
});
