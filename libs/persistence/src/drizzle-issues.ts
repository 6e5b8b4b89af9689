import { and, asc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import { eventsOfTroubles } from '@koppel/domain/outgoing-events';
import { openIssue, type Issue, type Issues, type Trouble } from '@koppel/domain/issues';
import { asId, type AdministrationId, type IssueId, type TenantId } from '@koppel/domain/kernel';
import type { Tx } from './database.js';
import { silentEvents, type Events } from './events/drizzle-events.js';
import { newIdAt } from './new-id.js';
import { issues } from './schema/index.js';

/** Rows per insert statement. */
const rowsPerInsert = 500;

/** Issues over Postgres. */
export class DrizzleIssues implements Issues {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
    private readonly events: Events = silentEvents,
  ) {}

  async report(troubles: readonly Trouble[], now: Date): Promise<void> {
    const sightings = await this.withoutIgnored(countSightings(troubles));
    const news = new Set<string>();
    for (let start = 0; start < sightings.length; start += rowsPerInsert) {
      const rows = sightings.slice(start, start + rowsPerInsert).map(({ trouble, times }) => ({
        ...openIssue(newIdAt(now), trouble, now),
        tenantId: this.tenantId,
        occurrences: times,
      }));
      const written = await this.tx
        .insert(issues)
        .values(rows)
        .onConflictDoUpdate({
          target: [issues.tenantId, issues.causeKey],
          targetWhere: sql`state = 'open'`,
          set: {
            params: sql`excluded.params`,
            // Who acts on what he saw is told that it says something else by now.
            version: sql`${issues.version} + (${issues.params} <> excluded.params)::int`,
            occurrences: sql`${issues.occurrences} + excluded.occurrences`,
            lastSeenAt: now,
          },
        })
        .returning({ id: issues.id, causeKey: issues.causeKey });
      const opened = new Set<string>(rows.map(({ id }) => id));
      for (const { id, causeKey } of written) if (opened.has(id)) news.add(causeKey);
    }
    await this.events.add(
      eventsOfTroubles(
        sightings.map(({ trouble }) => trouble).filter(({ causeKey }) => news.has(causeKey)),
        now,
      ),
    );
  }

  async resolve(causeKeys: readonly string[], now: Date, by: string): Promise<number> {
    return causeKeys.length === 0 ? 0 : this.close(inArray(issues.causeKey, [...causeKeys]), now, by);
  }

  async resolveOf(about: Parameters<Issues['resolveOf']>[0], now: Date, by: string): Promise<number> {
    const { administrationId, causes } = about;
    const isOf = and(eq(issues.administrationId, administrationId), inArray(issues.cause, [...causes]));
    return this.close(isOf, now, by);
  }

  private async close(which: SQL | undefined, now: Date, by: string): Promise<number> {
    const closed = await this.tx
      .update(issues)
      .set({
        state: 'resolved',
        ignoredReason: null,
        closedAt: now,
        closedBy: by,
        version: sql`${issues.version} + 1`,
      })
      .where(and(isUnresolved, which))
      .returning({ id: issues.id });
    return closed.length;
  }

  async findOpenCauseKeys(prefix: string): Promise<string[]> {
    const rows = await this.tx
      .select({ causeKey: issues.causeKey })
      .from(issues)
      .where(isOpenAndBegins(prefix))
      .orderBy(byCauseKey);
    return rows.map((row) => row.causeKey);
  }

  async findUnresolvedCauseKeys(prefix: string): Promise<string[]> {
    const rows = await this.tx
      .select({ causeKey: issues.causeKey })
      .from(issues)
      .where(and(isUnresolved, begins(prefix)));
    return rows.map((row) => row.causeKey);
  }

  async findOpen(prefix: string): Promise<Issue[]> {
    const rows = await this.tx.select().from(issues).where(isOpenAndBegins(prefix)).orderBy(byCauseKey);
    return rows.map(toIssue);
  }

  async findUnresolvedForUpdate(causeKeys: readonly string[]): Promise<Issue[]> {
    if (causeKeys.length === 0) return [];
    const rows = await this.tx
      .select()
      .from(issues)
      .where(and(isUnresolved, inArray(issues.causeKey, [...causeKeys])))
      .orderBy(byCauseKey)
      .for('update');
    return rows.map(toIssue);
  }

  async findOpenAfter(prefix: string, from: Parameters<Issues['findOpenAfter']>[1]): Promise<Issue[]> {
    const rows = await this.tx
      .select()
      .from(issues)
      .where(and(isOpenAndBegins(prefix), sql`${issues.causeKey} collate "C" > ${from.after}`))
      .orderBy(byCauseKey)
      .limit(from.limit);
    return rows.map(toIssue);
  }

  async countOpenBlocking(): Promise<number> {
    return this.tx.$count(issues, and(eq(issues.state, 'open'), eq(issues.isBlocking, true)));
  }

  async findById(id: IssueId): Promise<Issue | undefined> {
    const [row] = await this.tx.select().from(issues).where(eq(issues.id, id));
    return row && toIssue(row);
  }

  async findByIdForUpdate(id: IssueId): Promise<Issue | undefined> {
    const [row] = await this.tx.select().from(issues).where(eq(issues.id, id)).for('update');
    return row && toIssue(row);
  }

  async save(issue: Issue): Promise<void> {
    const { id, ...columns } = issue;
    await this.tx.update(issues).set(columns).where(eq(issues.id, id));
  }

  private async withoutIgnored(sightings: readonly Sighting[]): Promise<Sighting[]> {
    if (sightings.length === 0) return [];
    const ignored = await this.tx
      .select({ causeKey: issues.causeKey })
      .from(issues)
      .where(eq(issues.state, 'ignored'));
    const keys = new Set(ignored.map((row) => row.causeKey));
    return sightings.filter(({ trouble }) => trouble.isBesideIgnored || !keys.has(trouble.causeKey));
  }
}

const byCauseKey = asc(sql`${issues.causeKey} collate "C"`);

const isUnresolved = inArray(issues.state, ['open', 'ignored']);

/** As a range, which an index knows. */
const begins = (prefix: string) =>
  sql`(${issues.causeKey} collate "C" >= ${prefix} and ${issues.causeKey} collate "C" < ${prefix + lastCharacter})`;
const lastCharacter = '\u{10FFFF}';

const isOpenAndBegins = (prefix: string) => and(eq(issues.state, 'open'), begins(prefix));

interface Sighting {
  readonly trouble: Trouble;
  readonly times: number;
}

/** One row per cause key: a statement may not touch a row twice. */
function countSightings(troubles: readonly Trouble[]): Sighting[] {
  const byKey = new Map<string, Sighting>();
  for (const trouble of troubles)
    byKey.set(trouble.causeKey, { trouble, times: (byKey.get(trouble.causeKey)?.times ?? 0) + 1 });
  return [...byKey.values()];
}

/** The domain's issue of a row. */
export function toIssue(row: typeof issues.$inferSelect): Issue {
  return {
    id: asId<IssueId>(row.id),
    administrationId: row.administrationId === null ? null : asId<AdministrationId>(row.administrationId),
    cause: row.cause as Issue['cause'], // our own rows
    causeKey: row.causeKey,
    class: row.class as Issue['class'],
    isBlocking: row.isBlocking,
    params: row.params as Issue['params'],
    occurrences: row.occurrences,
    state: row.state as Issue['state'],
    openedAt: row.openedAt,
    lastSeenAt: row.lastSeenAt,
    closedAt: row.closedAt,
    closedBy: row.closedBy,
    ignoredReason: row.ignoredReason,
    version: row.version,
  };
}
