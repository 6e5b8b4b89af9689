import type { AuthorisationAttempt, AuthorisationAttempts } from '../coupling/index.js';

/** Consents that were begun, in memory, for specs. */
export class InMemoryAuthorisationAttempts implements AuthorisationAttempts {
  private readonly rows = new Map<string, AuthorisationAttempt>();

  async add(attempt: AuthorisationAttempt): Promise<void> {
    this.rows.set(attempt.stateHash, attempt);
  }

  async findByStateHashForUpdate(stateHash: string): Promise<AuthorisationAttempt | undefined> {
    return this.rows.get(stateHash);
  }

  async save(attempt: AuthorisationAttempt): Promise<void> {
    this.rows.set(attempt.stateHash, attempt);
  }

  async removeExpiredBefore(moment: Date): Promise<void> {
    for (const [key, attempt] of this.rows) if (attempt.expiresAt < moment) this.rows.delete(key);
  }
}
