import { setTimeout } from 'node:timers/promises';
import { asId, type SyncRunId, type TenantId } from '@koppel/domain/kernel';
import {
  asideOf,
  asidePrefix,
  readLearntModel,
  type LearntAside,
  type LearntModel,
} from '@koppel/domain/matching';
import type { MatchModel, ReleasedDirection } from '@koppel/domain/relations';
import { sql } from 'drizzle-orm';
import type { Tx } from '../database.js';
import { matchModels } from '../schema/index.js';

/** A second in all. */
const holdTries = 20;
const holdPause = 50;

/** What was learnt of names, one row per tenant. */
export class DrizzleMatchModel implements MatchModel {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async put(runId: SyncRunId, model: LearntModel): Promise<void> {
    await this.tx
      .insert(matchModels)
      .values({ tenantId: this.tenantId, runId, model })
      .onConflictDoUpdate({ target: matchModels.tenantId, set: { runId, model } });
  }

  async find(): Promise<LearntModel | undefined> {
    const [row] = await this.tx.select({ model: matchModels.model }).from(matchModels).limit(1);
    return readLearntModel(row?.model);
  }

  async findRun(): Promise<SyncRunId | undefined> {
    const [row] = await this.tx.select({ runId: matchModels.runId }).from(matchModels).limit(1);
    return row && asId<SyncRunId>(row.runId);
  }

  async dropReleased(direction: ReleasedDirection, only?: string): Promise<boolean> {
    const isAside = sql`starts_with(kind, ${asidePrefix})`;
    const isOther = only === undefined ? sql`false` : sql`kind <> ${only}`;
    const stays = sql`(${direction === 'aside' ? sql`not ${isAside}` : isAside} or ${isOther})`;
    const released = sql`${matchModels.model} -> 'released'`;
    const dropped = await this.tx
      .update(matchModels)
      .set({
        model: sql`jsonb_set(${matchModels.model}, '{released}', coalesce(
          (select jsonb_object_agg(kind, score) from jsonb_each(${released}) as each(kind, score) where ${stays}), '{}'))`,
      })
      .where(sql`exists (select from jsonb_each(${released}) as each(kind, score) where not ${stays})`)
      .returning({ tenantId: matchModels.tenantId });
    // A comparison that ends now waits, and then reads what this transaction said.
    await this.tx.select({ tenantId: matchModels.tenantId }).from(matchModels).for('share');
    return dropped.length > 0;
  }

  // Whoever judges holds the row for share: two of them that waited to write it would wait for each other.
  async setAside(kind: string, { upTo, answers }: LearntAside): Promise<boolean> {
    const [released, counts] = [JSON.stringify({ [kind]: upTo }), JSON.stringify({ [kind]: answers })];
    const { model, tenantId } = matchModels;
    const free = this.tx.select({ tenantId }).from(matchModels).for('update', { skipLocked: true });
    const set = await this.tx
      .update(matchModels)
      .set({
        model: sql`${model} || jsonb_build_object('released', ${model} -> 'released' || ${released}::text::jsonb,
          'answers', ${model} -> 'answers' || ${counts}::text::jsonb)`,
      })
      .where(sql`${tenantId} in (${free})`)
      .returning({ tenantId });
    return set.length > 0;
  }

  // Waiting in the database would have no bound; and whoever holds the row for share already, as others do, would wait for them.
  async hold(): Promise<boolean> {
    const { tenantId } = matchModels;
    for (let tried = 0; tried < holdTries; tried += 1) {
      const [held] = await this.tx.select({ tenantId }).from(matchModels).for('update', { skipLocked: true });
      if (held) return true;
      const [there] = await this.tx.select({ tenantId }).from(matchModels);
      if (!there) return true;
      await setTimeout(holdPause);
    }
    return false;
  }

  async findToReplace(): Promise<LearntModel | undefined> {
    const [row] = await this.tx.select({ model: matchModels.model }).from(matchModels).for('update');
    return readLearntModel(row?.model);
  }

  async findAside(): Promise<ReadonlyMap<string, LearntAside>> {
    const [row] = await this.tx.select({ model: matchModels.model }).from(matchModels).limit(1).for('share');
    return asideOf(readLearntModel(row?.model));
  }
}
