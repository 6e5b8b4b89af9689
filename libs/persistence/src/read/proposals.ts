import { and, asc, desc, eq, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { ProposalId, TenantId } from '@koppel/domain/kernel';
import {
  differingFields,
  foldForSearch,
  linkedMember,
  shownVersion,
  suggestBookOn,
  teachesLast,
  accountsPerAdministration,
  type DifferingField,
  type LinkedMember,
  type Proposal,
} from '@koppel/domain/relations';
import type { LearntModel, MatchRecord } from '@koppel/domain/matching';
import type { Tx } from '../database.js';
import { DrizzleSourceRelations } from '../relations/drizzle-source-relations.js';
import { DrizzleLinks } from '../relations/drizzle-links.js';
import { DrizzleMatchModel } from '../relations/drizzle-match-model.js';
import { toProposal } from '../relations/drizzle-proposals.js';
import { DrizzleRelations } from '../relations/drizzle-relations.js';
import { administrations, proposals, relations, sourceRelations } from '../schema/index.js';
import { cutPage, decodeCursor, pageSizeDefault, type CursorValue } from './cursor.js';
import { escapeLike } from './relations.js';
import { readSources, type SourceRow } from './sources.js';

export interface ProposalFilter {
  readonly state?: Proposal['state'] | undefined;
  readonly kind?: Proposal['kind'] | undefined;
  readonly administrationId?: string | undefined;
  /** A reason's key. */
  readonly reason?: string | undefined;
  readonly minProbability?: number | undefined;
  readonly search?: string | undefined;
  /** Only pairs that were found no later than this moment (RFC 3339). */
  readonly createdUntil?: string | undefined;
  /** teaching: first what spares other questions; else the most certain first. */
  readonly order?: 'certainty' | 'teaching' | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** One side of a listed pair; the administration that was selected first stands left. */
export interface ProposalSide {
  readonly sourceId: string;
  readonly relationId: string;
  readonly name: string;
  readonly administrationName: string;
}

export interface ProposalRow extends Proposal {
  readonly left: ProposalSide;
  readonly right: ProposalSide;
}

const sourceA = alias(sourceRelations, 'source_a');
const sourceB = alias(sourceRelations, 'source_b');
const administrationA = alias(administrations, 'administration_a');
const administrationB = alias(administrations, 'administration_b');

/** Pairs with the names of their accounts and administrations. */
export function selectProposals(tx: Tx) {
  return tx
    .select({
      proposal: proposals,
      nameA: sourceA.name,
      nameB: sourceB.name,
      administrationA: { name: administrationA.name, position: administrationA.position },
      administrationB: { name: administrationB.name, position: administrationB.position },
    })
    .from(proposals)
    .innerJoin(sourceA, eq(sourceA.id, proposals.sourceA))
    .innerJoin(sourceB, eq(sourceB.id, proposals.sourceB))
    .innerJoin(administrationA, eq(administrationA.id, sourceA.administrationId))
    .innerJoin(administrationB, eq(administrationB.id, sourceB.administrationId));
}

type Selected = Awaited<ReturnType<typeof selectProposals>>[number];

interface Order {
  readonly by: readonly SQL[];
  readonly keyOf: (row: ProposalRow) => readonly (string | number)[];
  /** What a place in the list is made of. */
  readonly keys: readonly CursorValue[];
  readonly after: (place: readonly PlaceValue[]) => SQL;
}

// The indexes `proposals_certain_first` and `proposals_instructive_first` have these orders. What a page begins after is said
// of the first key alone too: only that bounds the part of the index that is read.
const orders: Readonly<Record<'certainty' | 'teaching', Order>> = {
  certainty: {
    by: [desc(proposals.probability), asc(proposals.id)],
    keyOf: ({ probability, id }) => [probability, id],
    keys: ['number', 'id'],
    after: ([probability, id]) => sql`(${proposals.probability} <= ${probability}::float8
      and ${lessCertainThan(probability, id)})`,
  },
  teaching: {
    by: [asc(proposals.teaching), desc(proposals.probability), asc(proposals.id)],
    keyOf: ({ teaching, probability, id }) => [teaching, probability, id],
    keys: ['integer', 'number', 'id'],
    after: ([teaching, probability, id]) => sql`(${proposals.teaching} >= ${teaching}::int
      and (${proposals.teaching} > ${teaching}::int or ${lessCertainThan(probability, id)}))`,
  },
};

type PlaceValue = string | number | boolean | undefined;

function lessCertainThan(probability: PlaceValue, id: PlaceValue): SQL {
  return sql`(${proposals.probability} < ${probability}::float8
    or (${proposals.probability} = ${probability}::float8 and ${proposals.id} > ${id}::uuid))`;
}

/** Pairs, the most certain first or in the order asked for. Throws `InvalidCursor` when the cursor is none of this list. */
export async function listProposals(
  tx: Tx,
  filter: ProposalFilter,
): Promise<{ items: ProposalRow[]; nextCursor: string | null }> {
  const limit = filter.limit ?? pageSizeDefault;
  const rows = await proposalsQuery(tx, filter).limit(limit + 1);
  return cutPage(rows.map(toRow), limit, orderOf(filter).keyOf);
}

/** What `listProposals` asks of the database, but for how many. */
export function proposalsQuery(tx: Tx, filter: ProposalFilter) {
  const order = orderOf(filter);
  const cursor = filter.cursor === undefined ? undefined : decodeCursor(filter.cursor, order.keys);
  return selectProposals(tx)
    .where(and(...conditionsOf(filter), cursor && order.after(cursor)))
    .orderBy(...order.by);
}

const orderOf = (filter: ProposalFilter): Order => orders[filter.order ?? 'certainty'];

/** What a filter says of the table of proposals alone. */
export function conditionsOf(filter: ProposalFilter): (SQL | undefined)[] {
  const { administrationId, reason, minProbability, createdUntil } = filter;
  return [
    eq(proposals.state, filter.state ?? 'open'),
    filter.kind && eq(proposals.kind, filter.kind),
    administrationId === undefined
      ? undefined
      : sql`exists (select from ${sourceRelations} s where s.id in (${proposals.sourceA}, ${proposals.sourceB})
          and s.administration_id = ${administrationId}::uuid)`,
    reason === undefined
      ? undefined
      : sql`${proposals.reasons} @> ${JSON.stringify([{ key: reason }])}::text::jsonb`,
    minProbability === undefined ? undefined : sql`${proposals.probability} >= ${minProbability}`,
    createdUntil === undefined ? undefined : sql`${proposals.createdAt} <= ${createdUntil}::timestamptz`,
    ...searchOf(filter.search),
  ];
}

function searchOf(search: string | undefined) {
  const words = foldForSearch(search ?? '')
    .split(' ')
    .filter((word) => word !== '');
  return words.map(
    (
      word,
    ) => sql`exists (select from ${relations} where ${relations.id} in (${proposals.relationA}, ${proposals.relationB})
      and ${relations.searchText} like ${`%${escapeLike(word)}%`})`,
  );
}

/** A listed pair of what `selectProposals` gave. */
export function toRow(row: Selected): ProposalRow {
  const { proposal, administrationA: first, administrationB: second } = row;
  const one = {
    sourceId: proposal.sourceA,
    relationId: proposal.relationA,
    name: row.nameA,
    administrationName: first.name,
  };
  const other = {
    sourceId: proposal.sourceB,
    relationId: proposal.relationB,
    name: row.nameB,
    administrationName: second.name,
  };
  const [left, right] = first.position <= second.position ? [one, other] : [other, one];
  return { ...toProposal(proposal), left, right };
}

/** How many pairs of a state and kind have each reason, the most frequent first. */
export async function countReasons(
  tx: Tx,
  { state = 'open', kind }: Pick<ProposalFilter, 'state' | 'kind'>,
): Promise<{ key: string; pairs: number }[]> {
  const rows = await tx.execute<{ key: string; pairs: number }>(sql`
    select r->>'key' as key, count(distinct p.id)::int as pairs
    from proposals p, jsonb_array_elements(p.reasons) r
    where p.state = ${state} and (${kind ?? null}::text is null or p.kind = ${kind ?? null})
    group by 1 order by 2 desc, 1`);
  return rows.map(({ key, pairs }) => ({ key, pairs }));
}

export type ProposalCounts = Readonly<Record<'open' | 'same' | 'different' | 'unsure', number>>;

/** How many pairs wait, and how many were decided how. */
export async function countProposals(tx: Tx): Promise<ProposalCounts> {
  const rows = await tx
    .select({ state: proposals.state, count: sql<number>`count(*)::int` })
    .from(proposals)
    .groupBy(proposals.state);
  const counts = new Map(rows.map(({ state, count }) => [state, count]));
  const of = (state: string): number => counts.get(state) ?? 0;
  return { open: of('open'), same: of('same'), different: of('different'), unsure: of('unsure') };
}

/** Whether an open pair has a place in the order that teaches most; otherwise that order is the usual one. */
export async function haveLessons(tx: Tx): Promise<boolean> {
  const [first] = await tx
    .select({ teaching: proposals.teaching })
    .from(proposals)
    .where(eq(proposals.state, 'open'))
    .orderBy(asc(proposals.teaching))
    .limit(1);
  return first !== undefined && first.teaching < teachesLast;
}

export interface ProposalDetail {
  readonly row: ProposalRow;
  readonly left: readonly SourceRow[];
  readonly right: readonly SourceRow[];
  readonly members: readonly LinkedMember[];
  /** The two accounts as the matcher reads them; empty when one is gone. */
  readonly compared: readonly MatchRecord[];
  /** What the matcher has learnt of the tenant's names. */
  readonly learnt: LearntModel | undefined;
  readonly differing: readonly DifferingField[];
  /** Per administration that would get two accounts: the one to book on. */
  readonly suggestedBookOn: readonly string[];
  /** What a decision must name. */
  readonly version: number;
}

/** A pair with both relations' accounts side by side; undefined when there is none. `today` is YYYY-MM-DD. */
export async function readProposal(
  tx: Tx,
  { tenantId, id, today }: { readonly tenantId: TenantId; readonly id: ProposalId; readonly today: string },
): Promise<ProposalDetail | undefined> {
  const [selected] = await selectProposals(tx).where(eq(proposals.id, id));
  if (!selected) return undefined;
  const row = toRow(selected);
  const ids = [...new Set([row.relationA, row.relationB])];
  const both = await new DrizzleRelations(tx, tenantId).findMany(ids);
  const links = Map.groupBy(
    await new DrizzleLinks(tx, tenantId).findOfRelations(ids),
    (link) => link.sourceRelationId,
  );
  const sources = await readSources(tx, [...new Set([...links.keys(), row.sourceA, row.sourceB])]);
  const members = sources.map(({ source, administration }) =>
    linkedMember(
      { source, position: administration.position, localFields: administration.localFields },
      links.get(source.id) ?? [],
    ),
  );
  const relationOf = (source: SourceRow) => links.get(source.source.id)?.[0]?.relationId;
  const isOne = row.relationA === row.relationB;
  const sideOf = (side: ProposalSide) =>
    sources.filter((row) => (isOne ? row.source.id === side.sourceId : relationOf(row) === side.relationId));
  return {
    row,
    left: sideOf(row.left),
    right: sideOf(row.right),
    members,
    compared: await readCompared(tx, tenantId, row),
    learnt: await new DrizzleMatchModel(tx, tenantId).find(),
    differing: differingFields(members, both, today),
    suggestedBookOn: [...accountsPerAdministration(members).values()]
      .filter((accounts) => accounts.length > 1)
      .flatMap((accounts) => suggestBookOn(accounts)?.source.id ?? []),
    version: shownVersion(row, both),
  };
}

async function readCompared(
  tx: Tx,
  tenantId: TenantId,
  { sourceA, sourceB }: ProposalRow,
): Promise<MatchRecord[]> {
  const accounts = await new DrizzleSourceRelations(tx, tenantId).findComparablesOf([sourceA, sourceB]);
  return accounts.map(({ record }) => record);
}
