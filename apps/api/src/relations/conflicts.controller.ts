import { Controller, Inject } from '@nestjs/common';
import {
  listConflictsEndpoint,
  notFound,
  resolveConflictEndpoint,
  type RelationDetail,
  type Response,
} from '@koppel/contracts';
import { asId, type ConflictId, type Deps } from '@koppel/domain/kernel';
import { resolveConflict } from '@koppel/domain/relations';
import { inTenant, type Database, type FullTransaction } from '@koppel/persistence';
import { listConflicts, readAdministrations, readRelation } from '@koppel/persistence/read';
import { Call } from '../http/call.js';
import { ProblemError } from '../http/problem-error.js';
import { Route } from '../http/route.js';
import { unwrap } from '../http/unwrap.js';
import { DATABASE, DEPS } from '../tokens.js';
import { toConflictResponse } from './conflict-response.js';
import { toRelationDetail } from './relation-response.js';

@Controller()
export class ConflictsController {
  constructor(
    @Inject(DEPS) private readonly deps: Deps<FullTransaction>,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  @Route(listConflictsEndpoint)
  list(@Call() call: Call<typeof listConflictsEndpoint>): Promise<Response<typeof listConflictsEndpoint>> {
    return inTenant(this.database, call.tenantId, async (tx) => {
      const page = await listConflicts(tx, call.query);
      const { all } = await readAdministrations(tx, call.tenantId);
      const administrations = new Map(all.map(({ id, name }) => [id as string, name]));
      const items = page.items.map((row) =>
        toConflictResponse(row, { relationName: row.relationName, administrations }),
      );
      return { items, nextCursor: page.nextCursor, total: null };
    });
  }

  @Route(resolveConflictEndpoint)
  async resolve(@Call() call: Call<typeof resolveConflictEndpoint>): Promise<RelationDetail> {
    const { tenantId, actor, body } = call;
    const conflictId = asId<ConflictId>(call.params.id);
    const resolved = await resolveConflict(this.deps, {
      tenantId,
      actor,
      conflictId,
      side: body.side,
      version: body.version,
    });
    const id = unwrap(resolveConflictEndpoint, resolved);
    const detail = await inTenant(this.database, tenantId, (tx) => readRelation(tx, { tenantId, id }));
    if (!detail) throw new ProblemError(notFound);
    return toRelationDetail(detail);
  }
}
