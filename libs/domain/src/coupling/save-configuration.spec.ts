import { describe, expect, it } from 'vitest';
import type { Administration } from '../administrations/index.js';
import { aCouplingWorld, anAdministration } from '../testing/index.js';
import type { Coupling } from './coupling.js';
import { saveConfiguration } from './save-configuration.js';

const a = anAdministration({ division: 1, state: 'selected', name: 'A' });
const b = anAdministration({ division: 2, state: 'selected', name: 'B' });

function aWorld(
  administrations: readonly Administration[] = [a, b],
  coupling: Partial<Coupling> = { step: 'configure' },
) {
  const world = aCouplingWorld({ coupling, administrations });
  const save = (codes: Record<string, string>, version = 1) =>
    saveConfiguration(world.deps, {
      tenantId: world.tenantId,
      contactHandling: 'automatic',
      version,
      codes: administrations
        .filter((one) => one.name in codes)
        .map((one) => ({ administrationId: one.id, code: codes[one.name] ?? '' })),
    });
  const codes = async () =>
    Object.fromEntries((await world.administrations.findMany()).map((one) => [one.name, one.code]));
  return { ...world, save, codes };
}

describe('saveConfiguration', () => {
  it('stores handling and codes, trimmed, and answers what stands now', async () => {
    const world = aWorld();
    expect(await world.save({ A: ' 001 ', B: '999' })).toMatchObject({
      ok: true,
      value: { contactHandling: 'automatic', codes: [{ code: '001' }, { code: '999' }] },
    });
    expect(await world.couplings.find()).toMatchObject({ contactHandling: 'automatic' });
  });

  it('saves nothing over what somebody else saved meanwhile, and says which version that is', async () => {
    const world = aWorld();
    expect(await world.save({ A: '001' })).toMatchObject({ ok: true, value: { version: 2 } });
    expect(await world.save({ B: '002' })).toEqual({
      ok: false,
      error: { kind: 'changed-meanwhile', version: 2 },
    });
    expect(await world.codes()).toEqual({ A: '001', B: null });
  });

  it('takes what stands already for saved, whichever version was seen, and changes nothing', async () => {
    const world = aWorld();
    await world.save({ A: '001', B: '002' });
    expect(await world.save({ A: ' 001', B: '002' }, 1)).toMatchObject({ ok: true, value: { version: 2 } });
    expect(await world.couplings.find()).toMatchObject({ version: 2 });
  });

  it('J08: refuses a code that another one has, and says who', async () => {
    const world = aWorld([{ ...a, code: '001' }, b]);
    expect(await world.save({ B: '001' })).toEqual({
      ok: false,
      error: { kind: 'code-taken', administrationId: b.id, code: '001', takenBy: 'A' },
    });
  });

  it('J08: refuses the same code twice in one request, and saves nothing of it', async () => {
    const world = aWorld();
    expect(await world.save({ A: '001', B: '001' })).toMatchObject({
      ok: false,
      error: { kind: 'code-taken' },
    });
    expect(await world.codes()).toEqual({ A: null, B: null });
  });

  it('J08: keeps the code of a removed administration reserved', async () => {
    const world = aWorld([{ ...a, state: 'removed', code: '001' }, b]);
    expect(await world.save({ B: '001' })).toMatchObject({
      ok: false,
      error: { kind: 'code-taken', takenBy: 'A' },
    });
  });

  it('lets two administrations swap their codes', async () => {
    const world = aWorld([
      { ...a, code: '001' },
      { ...b, code: '002' },
    ]);
    expect(await world.save({ A: '002', B: '001' })).toMatchObject({ ok: true });
    expect(await world.codes()).toEqual({ A: '002', B: '001' });
  });

  it('never changes a code that invoices carry, but takes the same one again', async () => {
    const locked = { ...a, code: '001', codeLockedAt: new Date() };
    const world = aWorld([locked, b]);
    expect(await world.save({ A: '003' })).toEqual({
      ok: false,
      error: { kind: 'code-locked', administrationId: a.id, code: '003' },
    });
    expect(await world.save({ A: '001' })).toMatchObject({ ok: true });
  });

  it.each([
    ['000', 'zeros'],
    ['1', 'malformed'],
  ])('refuses %s as %s', async (code, reason) => {
    expect(await aWorld().save({ A: code })).toMatchObject({
      ok: false,
      error: { kind: 'code-malformed', reason, administrationId: a.id },
    });
  });

  it('knows no administration that was not selected', async () => {
    const world = aWorld([{ ...a, state: 'available' }, b]);
    expect(await world.save({ A: '001' })).toMatchObject({
      ok: false,
      error: { kind: 'administration-unknown' },
    });
  });

  it('is refused while a run compares by the earlier choice', async () => {
    const world = aWorld([a, b], { step: 'synchronise' });
    expect(await world.save({ A: '001' })).toEqual({
      ok: false,
      error: { kind: 'wrong-step', step: 'synchronise' },
    });
  });
});
