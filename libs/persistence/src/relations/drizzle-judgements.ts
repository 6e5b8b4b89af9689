import { desc, or } from 'drizzle-orm';
import { asId, type ActionId, type SourceRelationId, type TenantId } from '@koppel/domain/kernel';
import type { Judgements, PersonsJudgement } from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { judgements } from '../schema/index.js';
import { isAnyOf, portionsOf } from './arrays.js';

const rowsPerStatement = 1_000;

/** Judgements over Postgres. */
export class DrizzleJudgements implements Judgements {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async addMany(added: readonly PersonsJudgement[]): Promise<void> {
    for (const portion of portionsOf(added, rowsPerStatement))
      await this.tx.insert(judgements).values(portion.map((one) => ({ ...one, tenantId: this.tenantId })));
  }

  async findLatest(): Promise<PersonsJudgement[]> {
    const rows = await this.newest();
    return rows.map(toJudgement);
  }

  async findLatestOf(ids: readonly SourceRelationId[]): Promise<PersonsJudgement[]> {
    if (ids.length === 0) return [];
    const rows = await this.newest().where(
      or(isAnyOf(judgements.sourceA, ids), isAnyOf(judgements.sourceB, ids)),
    );
    return rows.map(toJudgement);
  }

  private newest() {
    return this.tx
      .selectDistinctOn([judgements.sourceA, judgements.sourceB])
      .from(judgements)
      .orderBy(judgements.sourceA, judgements.sourceB, desc(judgements.at), desc(judgements.id))
      .$dynamic();
  }
}

function toJudgement({ tenantId: _tenantId, ...row }: typeof judgements.$inferSelect): PersonsJudgement {
  return {
    ...row,
    sourceA: asId<SourceRelationId>(row.sourceA),
    sourceB: asId<SourceRelationId>(row.sourceB),
    verdict: row.verdict as PersonsJudgement['verdict'], // our own rows
    actionId: asId<ActionId>(row.actionId),
  };
}
