import { err, ok, type Deps, type Result, type TenantId } from '../kernel/index.js';
import type { AuthorisationAttemptsTx } from './authorisation-attempts.port.js';
import type { Consent } from './consent.js';

export interface BeginConnection {
  readonly tenantId: TenantId;
  readonly region: string;
  readonly forceLogin: boolean;
  /** 32 random bytes as text, and its hash. */
  readonly state: string;
  readonly stateHash: string;
  readonly sessionHash: string;
  readonly userId: string;
}

/** A person has this long for Exact's log-in and consent pages. */
const attemptLifeMs = 10 * 60_000;
/** Outcomes are kept a day, for reloaded callback pages. */
const outcomeKeptMs = 24 * 3_600_000;

type Begun = Result<{ readonly authorisationUrl: string }, { readonly kind: 'region-not-configured' }>;

/** Begins a consent: the answer is the page at Exact to go to. Its `state` is good once, for ten minutes, in this session. */
export function beginConnection(
  deps: Deps<AuthorisationAttemptsTx> & { readonly consent: Consent },
  command: BeginConnection,
): Promise<Begun> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Begun> => {
    const authorisationUrl = deps.consent.authorisationUrl(command);
    if (authorisationUrl === undefined) return err({ kind: 'region-not-configured' });
    const now = deps.now();
    await tx.authorisationAttempts.removeExpiredBefore(new Date(now.getTime() - outcomeKeptMs));
    await tx.authorisationAttempts.add({
      stateHash: command.stateHash,
      sessionHash: command.sessionHash,
      userId: command.userId,
      region: command.region,
      createdAt: now,
      expiresAt: new Date(now.getTime() + attemptLifeMs),
      usedAt: null,
      connectionId: null,
      failure: null,
    });
    return ok({ authorisationUrl });
  });
}
