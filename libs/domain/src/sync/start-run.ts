import type { Deps, Result, SyncRunId, TenantId } from '../kernel/index.js';
import { ok } from '../kernel/index.js';
import { openRun, type OpenRunCommand, type OpenRunError, type OpenRunTx } from './open-run.js';

/** `openRun` in a transaction of its own. */
export function startRun(
  deps: Deps<OpenRunTx>,
  command: OpenRunCommand & { readonly tenantId: TenantId },
): Promise<Result<{ readonly runId: SyncRunId }, OpenRunError>> {
  return deps.uow.run(command.tenantId, async (tx) => {
    const opened = await openRun(tx, deps, command);
    return opened.ok ? ok({ runId: opened.value.id }) : opened;
  });
}
