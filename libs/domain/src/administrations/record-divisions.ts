import type { IssuesTx } from '../issues/index.js';
import {
  asId,
  err,
  ok,
  systemActor,
  type AdministrationId,
  type ConnectionId,
  type Deps,
  type OutboxTx,
  type Result,
  type TenantId,
} from '../kernel/index.js';
import type { CouplingsTx } from '../coupling/index.js';
import type { WriteIntentsTx } from '../sync/index.js';
import { accessIssueKey, accessTrouble, connectionTrouble } from './access-issue.js';
import type { Administration, UnavailableReason } from './administration.js';
import type { AdministrationsTx } from './administrations.port.js';
import type { Connection } from './connection.js';
import type { ConnectionsTx } from './connections.port.js';
import { stateOnReturn } from './state-on-return.js';
import { wakeWrites } from './wake-writes.js';
import { defaultWritePolicy } from './write-policy.js';

/** A division as Exact lists it, with the verdict on whether it can be coupled. */
export interface ListedDivision extends Pick<
  Administration,
  'division' | 'name' | 'legalName' | 'number' | 'kvk' | 'vat' | 'country' | 'currency' | 'movedAt'
> {
  readonly unavailableReason: UnavailableReason | null;
}

export interface RecordDivisions {
  readonly tenantId: TenantId;
  readonly connectionId: ConnectionId;
  /** Of the consent that was asked, as it stood before anything was. */
  readonly authorisedAt: Date;
  readonly exactUser: { readonly id: string; readonly name: string };
  /** All pages together. An empty list proves nothing and changes no administration. */
  readonly divisions: readonly ListedDivision[];
}

export interface RecordedDivisions {
  readonly added: number;
  readonly lost: number;
  readonly regained: number;
  /**
   * False when the consent was refused: another Exact user who sees none of the administrations that are coupled. Also when a newer consent
   * came meanwhile: its own list tells of it.
   */
  readonly isAccepted: boolean;
}

export type RecordDivisionsTx = AdministrationsTx &
  ConnectionsTx &
  CouplingsTx &
  IssuesTx &
  WriteIntentsTx &
  OutboxTx;
type Outcome = Result<RecordedDivisions, { readonly kind: 'connection-unknown' }>;

/**
 * Takes over the list of divisions that Exact gave to a connection (E06): new ones become available, known ones get the
 * newest facts, ones that are gone are marked. A coupled one that cannot be reached loses access, with an issue; others go on.
 */
export function recordDivisions(deps: Deps<RecordDivisionsTx>, command: RecordDivisions): Promise<Outcome> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Outcome> => {
    const connection = await tx.connections.findByIdForUpdate(command.connectionId);
    if (!connection) return err({ kind: 'connection-unknown' });
    const nothing = { added: 0, lost: 0, regained: 0, isAccepted: true };
    if (connection.state === 'disconnected') return ok(nothing);
    if (connection.authorisedAt.getTime() !== command.authorisedAt.getTime())
      return ok({ ...nothing, isAccepted: false });
    const known = (await tx.administrations.findManyForUpdate()).filter(
      (one) => one.region === connection.region,
    );
    const now = deps.now();
    if (isSomebodyElses(connection, command, known)) {
      await refuseConsent(tx, connection, now);
      return ok({ ...nothing, isAccepted: false });
    }
    const recorded =
      command.divisions.length === 0 ? nothing : await takeOver(tx, deps, { ...command, connection, known });
    await tx.connections.save(listed(connection, command, now));
    return ok(recorded);
  });
}

const engaged = new Set<Administration['state']>(['coupling', 'active', 'paused', 'access-lost']);

/** Whether an administration matters to the coupling: a consent must open at least one of those. */
export function isEngaged({ state }: Pick<Administration, 'state'>): boolean {
  return engaged.has(state);
}

/** A consent by another Exact user is fine as long as it opens at least one of the same books (E03, E15). */
function isSomebodyElses(
  connection: Connection,
  { exactUser, divisions }: RecordDivisions,
  known: readonly Administration[],
): boolean {
  if (connection.exactUserId === '' || connection.exactUserId === exactUser.id) return false;
  const coupled = known.filter(isEngaged);
  const reachable = new Set(
    divisions.filter((one) => one.unavailableReason === null).map((one) => one.division),
  );
  return coupled.length > 0 && !coupled.some((one) => reachable.has(one.division));
}

async function refuseConsent(tx: ConnectionsTx & IssuesTx, connection: Connection, now: Date): Promise<void> {
  const reason = 'exact-user-differs';
  await tx.connections.destroyTokens(connection.id);
  await tx.issues.report([connectionTrouble(connection.id, reason)], now);
  await tx.connections.save({
    ...connection,
    state: 'reauth-required',
    stateReason: reason,
    listRequestedAt: null,
    listedAt: now,
  });
}

function listed(connection: Connection, { exactUser, divisions }: RecordDivisions, now: Date): Connection {
  const hasChanged = connection.exactUserId !== '' && connection.exactUserId !== exactUser.id;
  const reason =
    divisions.length === 0 ? 'no-administrations-listed' : hasChanged ? 'exact-user-differs' : null;
  return {
    ...connection,
    exactUserId: exactUser.id,
    exactUserName: exactUser.name,
    stateReason: connection.state === 'active' ? reason : connection.stateReason,
    listRequestedAt: null,
    listedAt: now,
  };
}

interface TakeOver extends RecordDivisions {
  readonly connection: Connection;
  readonly known: readonly Administration[];
}

async function takeOver(
  tx: RecordDivisionsTx,
  deps: { readonly now: () => Date; readonly newId: () => string },
  { divisions, connection, known }: TakeOver,
): Promise<RecordedDivisions> {
  const now = deps.now();
  const unlisted = new Map(known.map((one) => [one.division, one]));
  const changes: { before: Administration; after: Administration }[] = [];
  let added = 0;
  for (const division of new Map(divisions.map((one) => [one.division, one])).values()) {
    const before = unlisted.get(division.division);
    if (before) changes.push({ before, after: await refreshed(tx, before, { division, now }) });
    else {
      await tx.administrations.add(newAdministration(asId(deps.newId()), connection, { division, now }));
      added += 1;
    }
    unlisted.delete(division.division);
  }
  for (const before of unlisted.values()) changes.push({ before, after: unreachable(before, 'not-listed') });
  for (const { after } of changes) await tx.administrations.save(after);
  return { added, isAccepted: true, ...(await tellAccess(tx, changes, now)) };
}

function newAdministration(
  id: AdministrationId,
  connection: Connection,
  { division, now }: { division: ListedDivision; now: Date },
): Administration {
  return {
    ...division,
    id,
    connectionId: connection.id,
    region: connection.region,
    state: 'available',
    stateReason: null,
    code: null,
    codeLockedAt: null,
    writePolicy: defaultWritePolicy,
    position: 0,
    listedAt: now,
    selectedAt: null,
    activatedAt: null,
    lastSyncedAt: null,
    nextSyncAt: null,
    version: 1,
  };
}

async function refreshed(
  tx: CouplingsTx,
  before: Administration,
  { division, now }: { readonly division: ListedDivision; readonly now: Date },
): Promise<Administration> {
  const after = { ...before, ...division, listedAt: now };
  return division.unavailableReason
    ? unreachable(after, division.unavailableReason)
    : reachable(tx, after, now);
}

function unreachable(administration: Administration, reason: UnavailableReason): Administration {
  const isLost = administration.state === 'active' || administration.state === 'coupling';
  const marked = { ...administration, unavailableReason: reason };
  return isLost ? { ...marked, state: 'access-lost', stateReason: reason } : marked;
}

async function reachable(
  tx: CouplingsTx,
  administration: Administration,
  now: Date,
): Promise<Administration> {
  if (administration.state !== 'access-lost') return administration;
  const state = await stateOnReturn(tx, administration);
  return { ...administration, state, stateReason: null, nextSyncAt: state === 'active' ? now : null };
}

async function tellAccess(
  tx: IssuesTx & WriteIntentsTx & OutboxTx,
  changes: readonly { before: Administration; after: Administration }[],
  now: Date,
): Promise<{ lost: number; regained: number }> {
  const isLost = (one: Administration) => one.state === 'access-lost';
  const lost = changes.filter(({ before, after }) => !isLost(before) && isLost(after));
  const regained = changes.filter(({ before, after }) => isLost(before) && !isLost(after));
  await tx.issues.report(
    lost.map(({ after }) => accessTrouble(after.id, { name: after.name, reason: after.stateReason ?? '' })),
    now,
  );
  const solved = regained.map(({ after }) => accessIssueKey(after.id));
  if (solved.length > 0) await tx.issues.resolve(solved, now, systemActor.name);
  await wakeWrites(
    tx,
    regained.map(({ after }) => after.id),
    now,
  );
  return { lost: lost.length, regained: regained.length };
}
