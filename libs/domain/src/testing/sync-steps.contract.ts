import { beforeEach, describe, expect, it } from 'vitest';
import { asId, type SyncStepId } from '../kernel/index.js';
import type { SyncSteps } from '../sync/index.js';
import { aSyncRun, aSyncStep } from './a-sync-step.js';
import { anAdministration } from './an-administration.js';

/** What every SyncSteps adapter does. `make` gives an empty one. */
export function describeSyncStepsContract(make: () => Promise<SyncSteps>): void {
  describe('SyncSteps', () => {
    const id = (last: number) => asId<SyncStepId>(`00000000-0000-7000-8000-0000000000b${last}`);
    const accounts = aSyncStep({ id: id(1), cursorTimestamp: '9007199254740993', movedAt: '2026-11-25|' });
    const contacts = aSyncStep({ id: id(2), kind: 'contacts', position: 1 });
    const compare = aSyncStep({ id: id(3), kind: 'compare', position: 11, administrationId: null });
    const administrationId = anAdministration().id;
    let steps: SyncSteps;
    beforeEach(async () => {
      steps = await make();
      await steps.addMany([compare, contacts, accounts]);
    });

    it('gives back every member of what was added, row versions digit for digit, the own step of the run last (E10)', async () => {
      expect(await steps.findMany(aSyncRun().id)).toEqual([accounts, contacts, compare]);
      expect(await steps.findOfAdministration(aSyncRun().id, administrationId)).toEqual([accounts, contacts]);
      expect(await steps.findById(compare.id)).toEqual(compare);
      expect(await steps.findByIdForUpdate(accounts.id)).toEqual(accounts);
    });

    it('counts the fetch steps that have not ended', async () => {
      expect(await steps.countOpen(aSyncRun().id)).toBe(2);
      await steps.save({ ...contacts, state: 'failed' });
      expect(await steps.countOpen(aSyncRun().id)).toBe(1);
    });

    it('gives a lease that lives until its time is over', async () => {
      await steps.save({ ...accounts, state: 'running', leaseOwner: 'one' });
      await steps.takeLease(accounts.id, 'one', 60_000);
      expect(await steps.findById(accounts.id)).toMatchObject({ leaseOwner: 'one', isLeaseLive: true });
      await steps.takeLease(accounts.id, 'one', -1);
      expect(await steps.findById(accounts.id)).toMatchObject({ leaseOwner: 'one', isLeaseLive: false });
    });

    it.each(['wait', 'skip'] as const)(
      'renews for the owner of a running step only (%s)',
      async (ifLocked) => {
        const renewal = { forMs: 60_000, ifLocked };
        await steps.save({ ...accounts, state: 'running', leaseOwner: 'one' });
        await steps.takeLease(accounts.id, 'one', -1);
        expect(await steps.renewLease(accounts.id, 'two', renewal)).toBe(false);
        expect(await steps.renewLease(accounts.id, 'one', renewal)).toBe(true);
        expect(await steps.findById(accounts.id)).toMatchObject({ isLeaseLive: true });
        await steps.save({ ...accounts, state: 'done', leaseOwner: null });
        expect(await steps.renewLease(accounts.id, 'one', renewal)).toBe(false);
      },
    );

    it('ends the lease of a step that is saved without owner', async () => {
      await steps.takeLease(accounts.id, 'one', 60_000);
      await steps.save({
        ...accounts,
        state: 'waiting',
        waitReason: 'retry',
        failure: { kind: 'x', message: 'y' },
      });
      expect(await steps.findById(accounts.id)).toEqual({
        ...accounts,
        state: 'waiting',
        waitReason: 'retry',
        failure: { kind: 'x', message: 'y' },
      });
    });
  });
}
