import { beforeEach, describe, expect, it } from 'vitest';
import { newCoupling, type Coupling, type Couplings, type StepLogEntry } from '../coupling/index.js';
import { asId } from '../kernel/index.js';

/** What every Couplings adapter does. `make` gives an empty one. */
export function describeCouplingsContract(make: () => Promise<Couplings>): void {
  describe('Couplings', () => {
    const at = new Date('2026-11-25T09:00:00Z');
    const later = new Date('2026-11-25T10:00:00Z');
    const coupling = newCoupling('connect', at);
    let couplings: Couplings;
    beforeEach(async () => {
      couplings = await make();
    });

    it('knows of no coupling before one is added, and keeps the first', async () => {
      expect(await couplings.find()).toBeUndefined();
      expect(await couplings.findForUpdate()).toBeUndefined();
      await couplings.add(coupling);
      await couplings.add(newCoupling('select', later));
      expect(await couplings.find()).toEqual(coupling);
      expect(await couplings.findForUpdate()).toEqual(coupling);
    });

    it('saves every member and counts the version', async () => {
      const full: Coupling = {
        ...coupling,
        step: 'synchronise',
        contactHandling: 'automatic',
        confirmation: { by: 'user-1', byName: 'Anneke', at: later, text: 'Ik bevestig' },
        frozenSince: later,
        activatedAt: at,
        runId: asId('00000000-0000-7000-8000-00000000000f'),
        resyncMinutes: 30,
        accountCreation: 'never',
      };
      await couplings.add(coupling);
      await couplings.save(full);
      expect(await couplings.find()).toEqual({ ...full, version: 2 });
    });

    it('gives back who finished which step, oldest first', async () => {
      const entry = (id: string, moment: Date): StepLogEntry => ({
        id: `00000000-0000-7000-8000-00000000000${id}`,
        step: 'select',
        actorId: 'user-1',
        actorName: 'Anneke',
        at: moment,
        detail: { selected: 2 },
      });
      await couplings.addStepLog(entry('1', later));
      await couplings.addStepLog(entry('2', at));
      expect(await couplings.findStepLog()).toEqual([entry('2', at), entry('1', later)]);
    });
  });
}
