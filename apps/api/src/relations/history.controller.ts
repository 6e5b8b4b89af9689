import { Controller, Inject } from '@nestjs/common';
import {
  listActionsEndpoint,
  notFound,
  undoActionEndpoint,
  undoBatchEndpoint,
  type Response,
} from '@koppel/contracts';
import { undoIgnoring } from '@koppel/domain/issues';
import { asId, type ActionId, type Deps } from '@koppel/domain/kernel';
import { undoAction, undoBatch, undoneMax, type SharedField } from '@koppel/domain/relations';
import { inTenant, type Database, type FullTransaction, type Tx } from '@koppel/persistence';
import {
  isAct,
  listActions,
  readAction,
  readActContext,
  readActionBatches,
  readRelationNames,
  type HistoryItem,
} from '@koppel/persistence/read';
import { Call } from '../http/call.js';
import { ProblemError } from '../http/problem-error.js';
import { Route } from '../http/route.js';
import { unwrap } from '../http/unwrap.js';
import { DATABASE, DEPS } from '../tokens.js';
import { toActionResponse, type ActionContext } from './action-response.js';

@Controller()
export class HistoryController {
  constructor(
    @Inject(DEPS) private readonly deps: Deps<FullTransaction>,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  @Route(listActionsEndpoint)
  async list(@Call() call: Call<typeof listActionsEndpoint>): Promise<Response<typeof listActionsEndpoint>> {
    return inTenant(this.database, call.tenantId, async (tx) => {
      const { items, nextCursor } = await listActions(tx, call.query);
      const context = await contextOf(tx, items);
      return { items: items.map((item) => toActionResponse(item, context)), nextCursor, total: null };
    });
  }

  @Route(undoActionEndpoint)
  async undo(@Call() call: Call<typeof undoActionEndpoint>): Promise<Response<typeof undoActionEndpoint>> {
    const { tenantId } = call;
    const { actionId, kept } = await this.takeBack(call);
    return inTenant(this.database, tenantId, async (tx) => {
      const action = await readAction(tx, actionId);
      if (!action) throw new ProblemError(notFound);
      return { ...toActionResponse(action, await contextOf(tx, [action])), kept: [...kept] };
    });
  }

  /** An act on relations, else that an issue was ignored. */
  private async takeBack({
    tenantId,
    actor,
    params,
  }: Call<typeof undoActionEndpoint>): Promise<{ actionId: ActionId; kept: readonly SharedField[] }> {
    const command = { tenantId, actor, actionId: asId<ActionId>(params.id) };
    const undone = await undoAction(this.deps, command);
    if (undone.ok || undone.error.kind !== 'not-found') return unwrap(undoActionEndpoint, undone);
    return { ...unwrap(undoActionEndpoint, await undoIgnoring(this.deps, command)), kept: [] };
  }

  @Route(undoBatchEndpoint)
  async undoAll(@Call() call: Call<typeof undoBatchEndpoint>): Promise<Response<typeof undoBatchEndpoint>> {
    const { tenantId, actor, params, body } = call;
    const filter = { batchId: params.id, hasUndos: false, cursor: body.cursor, limit: undoneMax };
    const page = await inTenant(this.database, tenantId, (tx) => listActions(tx, filter));
    if (page.items.length === 0 && !body.cursor) throw new ProblemError(notFound);
    const actionIds = page.items.map(({ id }) => id);
    const { undone, skipped } = await undoBatch(this.deps, {
      tenantId,
      actor,
      batchId: params.id,
      actionIds,
    });
    return { undone, skipped, nextCursor: page.nextCursor };
  }
}

async function contextOf(tx: Tx, actions: readonly HistoryItem[]): Promise<ActionContext> {
  return {
    names: await readRelationNames(tx, actions),
    batches: await readActionBatches(tx, actions),
    acts: await readActContext(tx, actions.filter(isAct)),
  };
}
