import { and, desc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import {
  issueClasses,
  type Issue,
  type IssueCause,
  type IssueClass,
  type IssueState,
} from '@koppel/domain/issues';
import type { AdministrationId, IssueId } from '@koppel/domain/kernel';
import type { Tx } from '../database.js';
import { toIssue } from '../drizzle-issues.js';
import { administrations, issues } from '../schema/index.js';
import { cutPage, decodeCursor, pageSizeDefault } from './cursor.js';
import { escapeLike } from './relations.js';

export interface IssueRow extends Issue {
  readonly administration: {
    readonly name: string;
    readonly division: number;
    readonly region: string;
  } | null;
}

export interface IssueFilter {
  readonly state?: IssueState | undefined;
  readonly class?: IssueClass | undefined;
  readonly administrationId?: string | undefined;
  readonly cause?: string | undefined;
  readonly search?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** Of a class that this release does not know: a later one wrote it. It is shown as its unknown causes are (F93). */
const classOfUnknown: IssueClass = 'bug';
const knownClass = sql<IssueClass>`case when ${inArray(issues.class, [...issueClasses])} then ${issues.class} else ${classOfUnknown} end`;

const columns = {
  issue: issues,
  class: knownClass,
  administration: {
    name: administrations.name,
    division: administrations.division,
    region: administrations.region,
  },
};

/** Issues, blocking first, then the newest. Throws `InvalidCursor` when the cursor is none of this list. */
export async function listIssues(
  tx: Tx,
  filter: IssueFilter,
): Promise<{ items: IssueRow[]; nextCursor: string | null }> {
  const limit = filter.limit ?? pageSizeDefault;
  const after =
    filter.cursor === undefined ? undefined : decodeCursor(filter.cursor, ['boolean', 'moment', 'id']);
  const rows = await tx
    .select(columns)
    .from(issues)
    .leftJoin(administrations, eq(administrations.id, issues.administrationId))
    .where(
      and(
        filter.state && eq(issues.state, filter.state),
        filter.class && eq(knownClass, filter.class),
        filter.cause === undefined ? undefined : eq(issues.cause, filter.cause),
        filter.administrationId === undefined
          ? undefined
          : eq(issues.administrationId, filter.administrationId),
        ...wordsOf(filter.search).map(speaksOf),
        after &&
          sql`(${issues.isBlocking}, ${issues.openedAt}, ${issues.id}) < (${after[0]}::boolean, ${after[1]}::timestamptz, ${after[2]}::uuid)`,
      ),
    )
    .orderBy(desc(issues.isBlocking), desc(issues.openedAt), desc(issues.id))
    .limit(limit + 1);
  return cutPage(rows.map(toRow), limit, (row) => [row.isBlocking, row.openedAt.toISOString(), row.id]);
}

const searchWordsMax = 10;

const wordsOf = (search = ''): string[] => search.split(/\s+/).filter(Boolean).slice(0, searchWordsMax);

/** Facts by which people know an issue; counts, kinds and ids of records are none. */
const searchedFacts: readonly string[] =
  'name codes value others number was person administration administrations reason field'.split(' ');

/** Whether the administration's name or some fact of the issue, such as a name or a number, holds the word. */
function speaksOf(word: string): SQL {
  const like = `%${escapeLike(word)}%`;
  const facts = sql.join(
    searchedFacts.map((fact) => sql`${issues.params}->>${fact}::text`),
    sql`, `,
  );
  return sql`concat_ws(' ', ${administrations.name}, ${facts}) ilike ${like}`;
}

/** One issue with its administration. */
export async function findIssueRow(tx: Tx, id: IssueId): Promise<IssueRow | undefined> {
  const [row] = await tx
    .select(columns)
    .from(issues)
    .leftJoin(administrations, eq(administrations.id, issues.administrationId))
    .where(eq(issues.id, id));
  return row && toRow(row);
}

export interface CauseCount {
  readonly class: IssueClass;
  readonly cause: IssueCause;
  readonly open: number;
  readonly blocking: number;
}

/** How many are open per cause, those that block first: of an administration and of what is searched for, where that is given. */
export async function countIssuesByCause(
  tx: Tx,
  filter: Pick<IssueFilter, 'administrationId' | 'search'> = {},
): Promise<CauseCount[]> {
  const rows = await tx
    .select({
      class: knownClass,
      cause: issues.cause,
      open: sql<number>`count(*)::int`,
      blocking: sql<number>`(count(*) filter (where ${issues.isBlocking}))::int`,
    })
    .from(issues)
    .leftJoin(administrations, eq(administrations.id, issues.administrationId))
    .where(
      and(
        eq(issues.state, 'open'),
        filter.administrationId === undefined
          ? undefined
          : eq(issues.administrationId, filter.administrationId),
        ...wordsOf(filter.search).map(speaksOf),
      ),
    )
    .groupBy(sql`1`, issues.cause)
    .orderBy(desc(sql`4`), desc(sql`3`), issues.cause);
  return rows as CauseCount[]; // our own rows: class and cause are the domain's words
}

/** Open issues per administration. */
export async function countOpenIssues(tx: Tx): Promise<Map<AdministrationId, number>> {
  const rows = await tx
    .select({ administrationId: issues.administrationId, open: sql<number>`count(*)::int` })
    .from(issues)
    .where(and(eq(issues.state, 'open'), sql`${issues.administrationId} is not null`))
    .groupBy(issues.administrationId);
  return new Map(rows.map((row) => [row.administrationId as AdministrationId, row.open]));
}

function toRow(row: {
  issue: typeof issues.$inferSelect;
  class: IssueClass;
  administration: { name: string; division: number; region: string } | null;
}): IssueRow {
  return { ...toIssue(row.issue), class: row.class, administration: row.administration };
}
