import type { TenantId } from '@koppel/domain/kernel';
import type { ContradictionTx } from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { DrizzleJudgements } from '../relations/drizzle-judgements.js';
import { DrizzleLinks } from '../relations/drizzle-links.js';
import { DrizzleMatchModel } from '../relations/drizzle-match-model.js';
import { DrizzleSourceRelations } from '../relations/drizzle-source-relations.js';

/** What it takes to see whether accounts of two relations contradict each other. */
export function contradictionPorts(tx: Tx, tenantId: TenantId): ContradictionTx {
  return {
    links: new DrizzleLinks(tx, tenantId),
    sourceRelations: new DrizzleSourceRelations(tx, tenantId),
    judgements: new DrizzleJudgements(tx, tenantId),
    matchModel: new DrizzleMatchModel(tx, tenantId),
  };
}
