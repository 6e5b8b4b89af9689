import { and, sql } from 'drizzle-orm';
import type { Tx } from '../database.js';
import { proposals } from '../schema/index.js';
import { conditionsOf, selectProposals, toRow, type ProposalFilter, type ProposalRow } from './proposals.js';

/** Which open pairs a batch is about. */
export type BatchFilter = Omit<ProposalFilter, 'state' | 'cursor' | 'limit'>;

export interface BatchPreview {
  readonly pairs: number;
  /** Pairs with something against them, which no batch decides. */
  readonly leftOut: number;
  readonly expectedErrors: number;
  readonly sample: readonly ProposalRow[];
}

const sampleMax = 10;
const isUndisputed = sql`jsonb_array_length(${proposals.vetoes}) = 0`;

/** How many pairs a batch would merge, how many of them are probably wrong, and some of them. `seed` draws the sample. */
export async function previewBatch(tx: Tx, filter: BatchFilter, seed: string): Promise<BatchPreview> {
  const asked = and(...conditionsOf({ ...filter, state: 'open' }));
  const [figures] = await tx
    .select({
      pairs: sql<number>`(count(*) filter (where ${isUndisputed}))::int`,
      leftOut: sql<number>`(count(*) filter (where not ${isUndisputed}))::int`,
      expectedErrors: sql<number>`coalesce(sum(1 - ${proposals.probability}) filter (where ${isUndisputed}), 0)::float8`,
    })
    .from(proposals)
    .where(asked);
  const rows = await selectProposals(tx)
    .where(and(asked, isUndisputed))
    .orderBy(sql`md5(${proposals.id}::text || ${seed})`)
    .limit(sampleMax);
  return { pairs: 0, leftOut: 0, expectedErrors: 0, ...figures, sample: rows.map(toRow) };
}
