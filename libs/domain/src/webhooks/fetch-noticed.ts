import type { Administration } from '../administrations/index.js';
import { invariant, ok, systemActor, type Deps, type SyncRunId, type TenantId } from '../kernel/index.js';
import { dataKinds, openRun, type DataKind, type OpenRunTx, type SyncPolicyTx } from '../sync/index.js';
import type { NoticesTx, WaitingNotice } from './notices.port.js';
import { kindsOfTopic } from './topic.js';

/** While another run goes on it is looked again this often. That run may have read past what the notice tells of. */
export const busyMs = 10_000;

export type FetchNoticedTx = NoticesTx & OpenRunTx & SyncPolicyTx;

export type NoticedOutcome =
  | { readonly kind: 'started'; readonly runId: SyncRunId }
  | { readonly kind: 'waiting'; readonly dueAt: Date }
  | { readonly kind: 'nothing-to-do' };

/**
 * Opens one run for everything that Exact told of and that is due: only those administrations, only those kinds. Taking the notices
 * and opening the run is one transaction, so no notice is lost and none is fetched twice. Notices of what is not coupled now are
 * dropped, also when the organisation is switched off at the same moment (F82): the schedule fetches it when it comes back.
 */
export async function fetchNoticed(
  deps: Deps<FetchNoticedTx>,
  { tenantId }: { readonly tenantId: TenantId },
): Promise<NoticedOutcome> {
  const result = await deps.uow.run(tenantId, async (tx) => ok(await fetchDue(tx, deps)));
  invariant(result.ok, 'fetching what was noticed has no expected failure');
  return result.value;
}

async function fetchDue(tx: FetchNoticedTx, deps: Deps<FetchNoticedTx>): Promise<NoticedOutcome> {
  const now = deps.now();
  const waiting = await tx.notices.findWaitingForUpdate();
  const due = waiting.filter((notice) => notice.dueAt <= now);
  const [next] = waiting.filter((notice) => notice.dueAt > now);
  const reachable = await reachableIds(tx);
  const wanted = due.filter(({ administrationId }) => reachable.has(administrationId));
  if (wanted.length > 0) {
    const opened = await open(tx, deps, wanted);
    if (opened === 'busy') {
      const dueAt = new Date(now.getTime() + busyMs);
      for (const notice of due) await tx.notices.postpone(notice, dueAt);
      return { kind: 'waiting', dueAt };
    }
    if (opened !== 'off') {
      for (const notice of due) await tx.notices.take(notice, now);
      return { kind: 'started', runId: opened };
    }
  }
  for (const notice of due) await tx.notices.take(notice, now);
  return next ? { kind: 'waiting', dueAt: next.dueAt } : { kind: 'nothing-to-do' };
}

async function reachableIds(tx: FetchNoticedTx): Promise<ReadonlySet<Administration['id']>> {
  const { isActive, brokenConnectionIds } = await tx.syncPolicy.read();
  if (!isActive) return new Set();
  const all = await tx.administrations.findMany();
  const reachable = all.filter(
    ({ state, connectionId }) => state === 'active' && !brokenConnectionIds.includes(connectionId),
  );
  return new Set(reachable.map(({ id }) => id));
}

async function open(
  tx: FetchNoticedTx,
  deps: Deps<FetchNoticedTx>,
  wanted: readonly WaitingNotice[],
): Promise<SyncRunId | 'busy' | 'off'> {
  const topics = Map.groupBy(wanted, ({ administrationId }) => administrationId);
  const kinds = new Map([...topics].map(([id, notices]) => [id, kindsOf(notices)]));
  const opened = await openRun(tx, deps, {
    kind: 'resync',
    trigger: 'webhook',
    actor: systemActor,
    administrationIds: [...kinds.keys()],
    kinds,
  });
  if (opened.ok) return opened.value.id;
  if (opened.error.kind === 'feature-not-enabled') return 'off';
  invariant(opened.error.kind === 'sync-already-running', 'a noticed administration is known');
  return 'busy';
}

function kindsOf(notices: readonly WaitingNotice[]): DataKind[] {
  const wanted = new Set(notices.flatMap(({ topic }) => kindsOfTopic[topic]));
  return dataKinds.filter((kind) => wanted.has(kind));
}
