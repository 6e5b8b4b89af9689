import { beforeEach, describe, expect, it } from 'vitest';
import type { AuthorisationAttempt, AuthorisationAttempts } from '../coupling/index.js';
import { asId } from '../kernel/index.js';

/** What every AuthorisationAttempts adapter does. `make` gives an empty one. */
export function describeAuthorisationAttemptsContract(make: () => Promise<AuthorisationAttempts>): void {
  describe('AuthorisationAttempts', () => {
    const attempt: AuthorisationAttempt = {
      stateHash: 'a'.repeat(64),
      sessionHash: 'b'.repeat(64),
      userId: '00000000-0000-7000-8000-00000000000a',
      region: 'nl',
      createdAt: new Date('2026-11-25T09:00:00Z'),
      expiresAt: new Date('2026-11-25T09:10:00Z'),
      usedAt: null,
      connectionId: null,
      failure: null,
    };
    let attempts: AuthorisationAttempts;
    beforeEach(async () => {
      attempts = await make();
      await attempts.add(attempt);
    });

    it('finds an attempt by its state only', async () => {
      expect(await attempts.findByStateHashForUpdate(attempt.stateHash)).toEqual(attempt);
      expect(await attempts.findByStateHashForUpdate('c'.repeat(64))).toBeUndefined();
    });

    it('keeps what came of it', async () => {
      const settled = {
        ...attempt,
        usedAt: new Date('2026-11-25T09:02:00Z'),
        connectionId: asId<NonNullable<AuthorisationAttempt['connectionId']>>(
          '00000000-0000-7000-8000-c00000000001',
        ),
        failure: 'access_denied',
      };
      await attempts.save(settled);
      expect(await attempts.findByStateHashForUpdate(attempt.stateHash)).toEqual(settled);
    });

    it('forgets the old ones', async () => {
      await attempts.removeExpiredBefore(attempt.expiresAt);
      expect(await attempts.findByStateHashForUpdate(attempt.stateHash)).toEqual(attempt);
      await attempts.removeExpiredBefore(new Date('2026-11-26T09:00:00Z'));
      expect(await attempts.findByStateHashForUpdate(attempt.stateHash)).toBeUndefined();
    });
  });
}
