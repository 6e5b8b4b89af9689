import { ok, type AdministrationId, type Deps, type OutboxTx, type TenantId } from '../kernel/index.js';
import type { NoticesTx } from './notices.port.js';
import type { Topic } from './topic.js';

/** Notices come in flocks and before Exact's own lists show the change: a moment's rest makes one fetch of them. */
export const settleMs = 3_000;
/** Between two fetches: our own writes are told of too, and a minute holds sixty calls. */
export const pauseMs = 60_000;

export interface RecordNotices {
  readonly tenantId: TenantId;
  readonly notices: readonly {
    readonly administrationId: AdministrationId;
    readonly topic: Topic;
    readonly count: number;
  }[];
}

/** Remembers that Exact told of changes, and sends word once: a thousand duplicates are one row and one message (F50). */
export async function recordNotices(deps: Deps<NoticesTx & OutboxTx>, command: RecordNotices): Promise<void> {
  const now = deps.now();
  const pace = { now, dueAt: new Date(now.getTime() + settleMs), pauseMs };
  // Always in one order: two flocks at once must not wait for each other crosswise.
  const ordered = [...command.notices].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  await deps.uow.run(command.tenantId, async (tx) => {
    const dues: number[] = [];
    for (const notice of ordered) {
      const { isFirst, dueAt } = await tx.notices.add(notice, pace);
      if (isFirst) dues.push(dueAt.getTime());
    }
    if (dues.length > 0) await tx.outbox.add({ kind: 'fetch-noticed' }, new Date(Math.min(...dues)));
    return ok(undefined);
  });
}

function keyOf({ administrationId, topic }: RecordNotices['notices'][number]): string {
  return administrationId + topic;
}
