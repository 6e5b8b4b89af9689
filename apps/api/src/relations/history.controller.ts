import { Controller, Inject } from '@nestjs/common';
import { listActionsEndpoint, notFound, undoActionEndpoint, type Response } from '@koppel/contracts';
import { asId, type ActionId, type Deps } from '@koppel/domain/kernel';
import { undoAction } from '@koppel/domain/relations';
import { inTenant, type Database, type FullTransaction } from '@koppel/persistence';
import { listActions, readAction, readRelationNames } from '@koppel/persistence/read';
import { Call } from '../http/call.js';
import { ProblemError } from '../http/problem-error.js';
import { Route } from '../http/route.js';
import { unwrap } from '../http/unwrap.js';
import { DATABASE, DEPS } from '../tokens.js';
import { toActionResponse } from './action-response.js';

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
      const names = await readRelationNames(tx, items);
      return { items: items.map((item) => toActionResponse(item, names)), nextCursor, total: null };
    });
  }

  @Route(undoActionEndpoint)
  async undo(@Call() call: Call<typeof undoActionEndpoint>): Promise<Response<typeof undoActionEndpoint>> {
    const { tenantId, actor } = call;
    const undone = await undoAction(this.deps, { tenantId, actor, actionId: asId<ActionId>(call.params.id) });
    const { actionId, kept } = unwrap(undoActionEndpoint, undone);
    return inTenant(this.database, tenantId, async (tx) => {
      const action = await readAction(tx, actionId);
      if (!action) throw new ProblemError(notFound);
      return { ...toActionResponse(action, await readRelationNames(tx, [action])), kept: [...kept] };
    });
  }
}
