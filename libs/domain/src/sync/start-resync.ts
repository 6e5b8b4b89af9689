import { isReturning, type Administration } from '../administrations/index.js';
import { err, ok, type Actor, type AdministrationId, type Deps, type Result } from '../kernel/index.js';
import type { SyncRunId, TenantId } from '../kernel/index.js';
import { openRun, type OpenRunError, type OpenRunTx } from './open-run.js';
import type { RunTrigger } from './sync-run.js';
import type { SyncPolicyTx } from './sync-policy.port.js';

export interface StartResyncCommand {
  readonly tenantId: TenantId;
  readonly trigger: RunTrigger;
  readonly actor: Actor;
  /** All active administrations when left out; named, also those whose access was lost. */
  readonly administrationIds?: readonly AdministrationId[];
  /** Only administrations whose `nextSyncAt` has come; for schedules. */
  readonly isOnlyDue?: boolean;
}

export type StartResyncError =
  OpenRunError | { readonly kind: 'wrong-step' } | { readonly kind: 'connection-broken' };

/**
 * Starts a resync of active administrations: by a person, on schedule or by a webhook. Two never overlap (J04).
 * Answers `runId: null` when a schedule finds nothing due.
 */
export function startResync(
  deps: Deps<OpenRunTx & SyncPolicyTx>,
  command: StartResyncCommand,
): Promise<Result<{ readonly runId: SyncRunId | null }, StartResyncError>> {
  type Outcome = Result<{ readonly runId: SyncRunId | null }, StartResyncError>;
  return deps.uow.run(command.tenantId, async (tx): Promise<Outcome> => {
    const policy = await tx.syncPolicy.read();
    if (!policy.isActive) return err({ kind: 'wrong-step' });
    const chosen = await chooseAdministrations(tx, command, deps.now());
    if (!chosen.ok) return chosen;
    const reachable = chosen.value.filter((each) => !policy.brokenConnectionIds.includes(each.connectionId));
    if (chosen.value.length > 0 && reachable.length === 0) return err({ kind: 'connection-broken' });
    if (reachable.length === 0)
      return command.isOnlyDue ? ok({ runId: null }) : err({ kind: 'administration-unknown' });
    const administrationIds = reachable.map((each) => each.id);
    const opened = await openRun(tx, deps, { ...command, kind: 'resync', administrationIds });
    return opened.ok ? ok({ runId: opened.value.id }) : opened;
  });
}

async function chooseAdministrations(tx: OpenRunTx, command: StartResyncCommand, now: Date) {
  const wanted = command.administrationIds;
  // Who names one whose access was lost has it tried whether it came back (product.md 3.18); nothing else does so before the daily look.
  const isTried = (one: Administration) =>
    one.state === 'access-lost' && one.activatedAt !== null && !isReturning(one);
  const isResynced = (one: Administration) =>
    one.state === 'active' || (isTried(one) && wanted?.includes(one.id) === true);
  const resynced = (await tx.administrations.findMany()).filter(isResynced);
  const chosen = wanted ? resynced.filter((each) => wanted.includes(each.id)) : resynced;
  if (wanted && !command.isOnlyDue && chosen.length < new Set(wanted).size)
    return err({ kind: 'administration-unknown' } as const);
  return ok(
    command.isOnlyDue ? chosen.filter((each) => each.nextSyncAt !== null && each.nextSyncAt <= now) : chosen,
  );
}
