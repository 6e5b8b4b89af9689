import { and, eq, isNull, sql } from 'drizzle-orm';
import type { TenantId } from '@koppel/domain/kernel';
import { bandBits, type ScoreBand } from '@koppel/domain/matching';
import { findContradicting } from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { actions, proposals } from '../schema/index.js';
import { contradictionPorts } from './contradiction-ports.js';
import { conditionsOf, selectProposals, toRow, type ProposalFilter, type ProposalRow } from './proposals.js';

/** Which open pairs a batch is about. */
export type BatchFilter = Omit<ProposalFilter, 'state' | 'cursor' | 'limit'>;

export interface BatchPreview {
  readonly pairs: number;
  /**
   * Pairs with something against them, or against other accounts of their two relations, which no batch decides; of the latter an estimate where
   * there are many pairs.
   */
  readonly leftOut: number;
  /** The pairs by their scores, with what persons answered one by one on pairs of that kind or for that reason. */
  readonly bands: readonly ScoreBand[];
  readonly sample: readonly ProposalRow[];
}

const sampleMax = 10;
const band = sql<number>`floor(${proposals.score} / ${bandBits})::int`;
const isUndisputed = sql`jsonb_array_length(${proposals.vetoes}) = 0`;

/** Pairs of which all accounts of both relations are laid side by side, drawn at random where there are more. */
const contradictionsMax = 300;

/** What a batch would merge, and some of it. `seed` draws the sample. */
export async function previewBatch(
  tx: Tx,
  tenantId: TenantId,
  { filter, seed }: { readonly filter: BatchFilter; readonly seed: string },
): Promise<BatchPreview> {
  const asked = and(...conditionsOf({ ...filter, state: 'open' }));
  const open = await tx
    .select({
      band,
      open: sql<number>`(count(*) filter (where ${isUndisputed}))::int`,
      leftOut: sql<number>`(count(*) filter (where not ${isUndisputed}))::int`,
      lacking: sql<number>`coalesce(sum(1 - ${proposals.probability}) filter (where ${isUndisputed}), 0)::float8`,
    })
    .from(proposals)
    .where(asked)
    .groupBy(sql`1`);
  const answers = [
    ...(await countAnswers(tx, filter, 'same')),
    ...(await countAnswers(tx, filter, 'different')),
  ];
  const drawn = (
    await selectProposals(tx)
      .where(and(asked, isUndisputed))
      .orderBy(sql`md5(${proposals.id}::text || ${seed})`)
      .limit(contradictionsMax)
  ).map(toRow);
  const contradicting = new Set(await findContradicting(contradictionPorts(tx, tenantId), drawn));
  const undisputed = open.reduce((sum, each) => sum + each.open, 0);
  const stay = Math.round((undisputed * contradicting.size) / Math.max(1, drawn.length));
  const share = 1 - stay / Math.max(1, undisputed);
  const merged = open.map((each) => ({ ...each, open: each.open * share, lacking: each.lacking * share }));
  return {
    pairs: undisputed - stay,
    leftOut: stay + open.reduce((sum, each) => sum + each.leftOut, 0),
    bands: [...Map.groupBy([...merged, ...answers], (each) => each.band).values()].map(toBand),
    sample: drawn.filter((row) => !contradicting.has(row)).slice(0, sampleMax),
  };
}

/** What was decided in a batch answers nothing: nobody looked at the pair. */
function countAnswers(tx: Tx, { kind, reason }: BatchFilter, state: 'same' | 'different') {
  return tx
    .select({ band, [state]: sql<number>`count(*)::int` })
    .from(proposals)
    .innerJoin(actions, eq(actions.id, proposals.actionId))
    .where(and(...conditionsOf({ kind, reason, state }), isUndisputed, isNull(actions.batchId)))
    .groupBy(sql`1`);
}

function toBand(figures: readonly (Partial<ScoreBand> & Pick<ScoreBand, 'band'>)[]): ScoreBand {
  return figures.reduce<ScoreBand>((band, each) => ({ ...band, ...each }), {
    ...{ band: 0, open: 0, lacking: 0, same: 0, different: 0 },
  });
}
