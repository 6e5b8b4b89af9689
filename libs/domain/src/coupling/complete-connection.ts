import {
  requestListingOf,
  type AdministrationsTx,
  type Connection,
  type ConnectionsTx,
} from '../administrations/index.js';
import {
  asId,
  err,
  invariant,
  ok,
  type Actor,
  type ConnectionId,
  type Deps,
  type OutboxTx,
  type Result,
  type TenantId,
} from '../kernel/index.js';
import type { AuthorisationAttempt, AuthorisationAttemptsTx } from './authorisation-attempts.port.js';
import { checkConsent, type CheckConsentDeps } from './check-consent.js';
import type { Consent, ExchangedConsent } from './consent.js';
import type { CouplingsTx } from './couplings.port.js';
import { lockCoupling, moveOn } from './lock-coupling.js';

export interface CompleteConnection {
  readonly tenantId: TenantId;
  readonly actor: Actor;
  readonly stateHash: string;
  readonly sessionHash: string;
  /** As a URL parser read it from the callback: decoded once (E15). */
  readonly code?: string;
  /** Exact's `error` parameter, e.g. `access_denied`. */
  readonly error?: string;
}

export type CompleteConnectionError =
  | { readonly kind: 'authorisation-unknown' }
  | { readonly kind: 'authorisation-expired' }
  | { readonly kind: 'authorisation-refused'; readonly reason: string }
  /** Another Exact user, who reaches none of the coupled administrations: the connection stays as it was. */
  | { readonly kind: 'exact-user-differs' }
  /** The Exact user carries another organisation's connection, which one consent more would end: that one lives on, this one stays as it was. */
  | { readonly kind: 'exact-user-elsewhere' }
  /** The same answer is being exchanged at this moment: ask again shortly. */
  | { readonly kind: 'authorisation-in-progress' };

export type CompleteConnectionTx = AdministrationsTx &
  AuthorisationAttemptsTx &
  ConnectionsTx &
  CouplingsTx &
  OutboxTx;

/** How consents are taken: at Exact, and as far as other organisations have a part in them. */
export interface Consents extends Pick<CheckConsentDeps, 'elsewhere'> {
  readonly consent: Consent;
}
type CompleteDeps = Deps<CompleteConnectionTx> & Consents;
type Completed = Result<Connection, CompleteConnectionError>;

/**
 * Takes Exact's answer to a consent (E15). A state is used once and only in the session that began it; a reloaded page is
 * told the same without a second exchange. Reconnecting renews the tokens of the country's connection and keeps all else; tokens that
 * work are given up for none that were not looked at (F81).
 */
export async function completeConnection(
  deps: CompleteDeps,
  command: CompleteConnection,
): Promise<Completed> {
  const claimed = await claim(deps, command);
  if (!claimed.ok) return claimed;
  const { attempt, code } = claimed.value;
  if (attempt.connectionId) return connectionOf(deps, command.tenantId, attempt.connectionId);
  if (attempt.failure !== null) return err(failed(attempt.failure));
  invariant(code !== undefined, 'a claimed attempt without outcome has a code');
  const request = { tenantId: command.tenantId, region: attempt.region, code };
  const exchanged = await deps.consent.exchange(request);
  if (!exchanged.ok) return settleFailure(deps, command.tenantId, { attempt, failure: exchanged.error.kind });
  const checked = await checkConsent(deps, request, exchanged.value);
  if (!checked.ok) return settleFailure(deps, command.tenantId, { attempt, failure: checked.error.kind });
  return store(deps, command, { attempt, consent: exchanged.value, ...checked.value });
}

interface Claim {
  readonly attempt: AuthorisationAttempt;
  readonly code: string | undefined;
}

/** Marks the attempt as used before anything is sent, so that no code is ever exchanged twice. */
function claim(
  deps: CompleteDeps,
  command: CompleteConnection,
): Promise<Result<Claim, CompleteConnectionError>> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Result<Claim, CompleteConnectionError>> => {
    const attempt = await tx.authorisationAttempts.findByStateHashForUpdate(command.stateHash);
    if (!attempt || attempt.sessionHash !== command.sessionHash)
      return err({ kind: 'authorisation-unknown' });
    const isSettled = attempt.connectionId !== null || attempt.failure !== null;
    if (isSettled) return ok({ attempt, code: undefined });
    const now = deps.now();
    if (attempt.usedAt) return err({ kind: 'authorisation-in-progress' });
    const claimed = { ...attempt, usedAt: now, failure: failureBefore(attempt, command, now) };
    await tx.authorisationAttempts.save(claimed);
    return ok({ attempt: claimed, code: command.code });
  });
}

function failureBefore(attempt: AuthorisationAttempt, command: CompleteConnection, now: Date): string | null {
  if (attempt.expiresAt <= now) return 'expired';
  if (command.error !== undefined) return command.error === '' ? 'refused' : command.error;
  return command.code === undefined || command.code === '' ? 'no-code' : null;
}

/** A refused code is a late one in practice: Exact gives it three minutes. */
function failed(failure: string): CompleteConnectionError {
  if (failure === 'expired' || failure === 'code-refused') return { kind: 'authorisation-expired' };
  if (failure === 'exact-user-differs' || failure === 'exact-user-elsewhere') return { kind: failure };
  return { kind: 'authorisation-refused', reason: failure };
}

async function settleFailure(
  deps: CompleteDeps,
  tenantId: TenantId,
  { attempt, failure }: { attempt: AuthorisationAttempt; failure: string },
): Promise<Completed> {
  await deps.uow.run(tenantId, async (tx) => {
    await tx.authorisationAttempts.save({ ...attempt, failure });
    return ok(undefined);
  });
  return err(failed(failure));
}

function connectionOf(deps: CompleteDeps, tenantId: TenantId, id: ConnectionId): Promise<Completed> {
  return deps.uow.run(tenantId, async (tx): Promise<Completed> => {
    const connection = await tx.connections.findById(id);
    return connection ? ok(connection) : err({ kind: 'authorisation-unknown' });
  });
}

function store(
  deps: CompleteDeps,
  { tenantId, actor }: CompleteConnection,
  { attempt, ...taken }: TakenConsent & { attempt: AuthorisationAttempt },
): Promise<Completed> {
  return deps.uow.run(tenantId, async (tx): Promise<Completed> => {
    const coupling = await lockCoupling(tx, deps);
    const connection = await keepTokens(tx, deps, { tenantId, region: attempt.region, actor, ...taken });
    await tx.authorisationAttempts.save({ ...attempt, connectionId: connection.id });
    await requestListingOf(tx, connection.id, deps.now());
    if (coupling.step === 'connect') {
      await moveOn(tx, deps, { coupling, on: 'connected', actor, detail: { region: attempt.region } });
    }
    const stored = await tx.connections.findById(connection.id);
    invariant(stored, 'a connection that was stored is there');
    return ok(stored);
  });
}

interface TakenConsent {
  readonly consent: ExchangedConsent;
  /** Undefined when Exact could not be asked; the list of administrations tells then. */
  readonly exactUserId: string | undefined;
}

interface KeepTokens extends TakenConsent {
  readonly tenantId: TenantId;
  readonly region: string;
  readonly actor: Actor;
}

async function keepTokens(
  tx: ConnectionsTx,
  deps: CompleteDeps,
  { tenantId, region, consent, exactUserId = '', actor }: KeepTokens,
): Promise<Connection> {
  const fresh = {
    clientId: consent.clientId,
    state: 'active' as const,
    stateReason: null,
    authorisedBy: actor.id,
    authorisedByName: actor.name,
    authorisedAt: deps.now(),
  };
  const added: Connection = {
    ...fresh,
    id: asId(deps.newId()),
    region,
    exactUserId,
    exactUserName: '',
    accessIssuedAt: null,
    listRequestedAt: null,
    listedAt: null,
  };
  const sealFor = (connectionId: ConnectionId) => consent.seal({ tenantId, connectionId });
  const known = await tx.connections.findByRegion(region);
  if (!known && (await tx.connections.add(added, sealFor(added.id))) === 'added') return added;
  const present = known ?? (await tx.connections.findByRegion(region));
  invariant(present, 'a country that is taken has a connection');
  const locked = await tx.connections.findByIdForUpdate(present.id);
  const former = locked ?? present;
  const renewed = { ...former, ...fresh, exactUserId: former.exactUserId || exactUserId };
  await tx.connections.replaceTokens(renewed.id, sealFor(renewed.id));
  await tx.connections.save(renewed);
  return renewed;
}
