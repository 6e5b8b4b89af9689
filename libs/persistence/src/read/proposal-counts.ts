import { asc, sql } from 'drizzle-orm';
import { teachesLast } from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { proposals } from '../schema/index.js';
import { isAsked, type ProposalFilter } from './proposals.js';

/** How many pairs of a state and kind have each reason, the most frequent first. */
export async function countReasons(
  tx: Tx,
  { state = 'open', kind }: Pick<ProposalFilter, 'state' | 'kind'>,
): Promise<{ key: string; pairs: number }[]> {
  const rows = await tx.execute<{ key: string; pairs: number }>(sql`
    select r->>'key' as key, count(distinct p.id)::int as pairs
    from proposals p, jsonb_array_elements(p.reasons) r
    where p.state = ${state === 'aside' ? 'open' : state} and p.is_aside = ${state === 'aside'} and (${kind ?? null}::text is null or p.kind = ${kind ?? null})
    group by 1 order by 2 desc, 1`);
  return rows.map(({ key, pairs }) => ({ key, pairs }));
}

const listedAs = sql<string>`case when ${proposals.state} = 'open' and ${proposals.isAside} then 'aside' else ${proposals.state} end`;

export type ProposalCounts = Readonly<Record<'open' | 'aside' | 'same' | 'different' | 'unsure', number>>;

/** How many pairs wait, and how many were decided how. */
export async function countProposals(tx: Tx): Promise<ProposalCounts> {
  const rows = await tx
    .select({ state: listedAs, count: sql<number>`count(*)::int` })
    .from(proposals)
    .groupBy(sql`1`);
  const counts = new Map(rows.map(({ state, count }) => [state, count]));
  const of = (state: string): number => counts.get(state) ?? 0;
  return {
    open: of('open'),
    aside: of('aside'),
    same: of('same'),
    different: of('different'),
    unsure: of('unsure'),
  };
}

/** Whether an open pair has a place in the order that teaches most; otherwise that order is the usual one. */
export async function haveLessons(tx: Tx): Promise<boolean> {
  const [first] = await tx
    .select({ teaching: proposals.teaching })
    .from(proposals)
    .where(isAsked)
    .orderBy(asc(proposals.teaching))
    .limit(1);
  return first !== undefined && first.teaching < teachesLast;
}
