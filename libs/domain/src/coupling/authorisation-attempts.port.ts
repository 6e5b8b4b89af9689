import type { ConnectionId } from '../kernel/index.js';

/** A consent that was begun: made at the click, used by Exact's answer, once. */
export interface AuthorisationAttempt {
  /** SHA-256 of `state` in hex; the state itself is known to the browser and Exact only. */
  readonly stateHash: string;
  /** SHA-256 of the session that began: an answer in another browser is refused. */
  readonly sessionHash: string;
  readonly userId: string;
  readonly region: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  /** What came of it; both null while the exchange is under way. */
  readonly connectionId: ConnectionId | null;
  readonly failure: string | null;
}

/** The consents of one tenant that were begun. */
export interface AuthorisationAttempts {
  add(attempt: AuthorisationAttempt): Promise<void>;
  /** Locks the row until the transaction ends. */
  findByStateHashForUpdate(stateHash: string): Promise<AuthorisationAttempt | undefined>;
  save(attempt: AuthorisationAttempt): Promise<void>;
  removeExpiredBefore(moment: Date): Promise<void>;
}

export interface AuthorisationAttemptsTx {
  readonly authorisationAttempts: AuthorisationAttempts;
}
