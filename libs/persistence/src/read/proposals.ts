import { and, asc, desc, eq, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { foldForSearch, type Proposal } from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { toProposal } from '../relations/drizzle-proposals.js';
import { administrations, proposals, relations, sourceRelations } from '../schema/index.js';
import { cutPage, decodeCursor, pageSizeDefault, type CursorValue } from './cursor.js';
import { escapeLike } from './relations.js';

export type ListedState = Proposal['state'] | 'aside';

export interface ProposalFilter {
  /** aside: open, but set aside by answers; open leaves those out. */
  readonly state?: ListedState | undefined;
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
    isListedAs(filter.state ?? 'open'),
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

/** Whether a pair stands in the list of a state. */
export function isListedAs(state: ListedState): SQL | undefined {
  if (state === 'aside') return and(eq(proposals.state, 'open'), eq(proposals.isAside, true));
  if (state === 'open') return isAsked;
  return eq(proposals.state, state);
}

/** Whether a pair is asked: open, and not set aside. */
export const isAsked = and(eq(proposals.state, 'open'), eq(proposals.isAside, false));

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
