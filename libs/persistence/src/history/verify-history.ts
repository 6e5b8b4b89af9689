import { sql } from 'drizzle-orm';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { inSystem, inTenant, type Database } from '../database.js';
import {
  chainStart,
  actDigest,
  contentDigest,
  nextLink,
  type Anchor,
  type SealedAct,
} from './history-chain.js';

/**
 * What is wrong at an entry: it does not follow from those before it (one was changed, taken out, put between or in another place); its act
 * is gone; who did what and when was changed; what it says of values was, though nobody was erased; or a chain that stood there once does not.
 * And what is wrong without one: an act that is said to have an entry, and has none.
 */
export type HistoryFault =
  | {
      readonly number: number;
      readonly kind: 'broken-link' | 'act-missing' | 'act-changed' | 'content-changed' | 'anchor-missing';
    }
  | { readonly kind: 'entry-missing'; readonly actionId: string };

export interface HistoryVerdict {
  readonly entries: number;
  /** Where the chain ends; kept elsewhere it is the next verification's anchor. */
  readonly head: Anchor;
  /** Acts that have no entry yet. */
  readonly unsealed: number;
  /** Old changes from Exact that are gone by now. */
  readonly trimmed: number;
  /** Acts that say nothing of people any more, as somebody was erased. */
  readonly erased: number;
  /** The first hundred. */
  readonly faults: readonly HistoryFault[];
}

/** Tenants that can have a history, `limit` at most. */
export async function findTenants(database: Database, limit: number): Promise<TenantId[]> {
  const rows = await inSystem(database, (tx) =>
    tx.execute<{ id: string }>(sql`select id from tenants order by id limit ${limit}`),
  );
  return rows.map(({ id }) => asId<TenantId>(id));
}

const entriesPerRead = 2_000;
const faultsMax = 100;

/**
 * Holds the history of a tenant against its chain (I10). `anchors` are ends that the chain had earlier: only they show that its end was cut off,
 * or that all of it was written anew.
 */
export async function verifyHistory(
  database: Database,
  { tenantId, anchors = [] }: { readonly tenantId: TenantId; readonly anchors?: readonly Anchor[] },
): Promise<HistoryVerdict> {
  const faults: HistoryFault[] = [];
  const counts = { trimmed: 0, erased: 0 };
  const keep = (found: readonly HistoryFault[]): void =>
    void faults.push(...found.slice(0, faultsMax - faults.length));
  const wanted = new Map(anchors.map((anchor) => [`${anchor.number}:${anchor.link}`, anchor]));
  let head = chainStart(tenantId);
  for (let rows = await readEntries(database, tenantId, 0); rows.length > 0;) {
    for (const row of rows) {
      const next = nextLink(head, row);
      if (next.number !== row.number || next.link !== row.link)
        keep([{ number: row.number, kind: 'broken-link' }]);
      if (row.isErased === true) counts.erased += 1;
      if (row.actDigest === null && row.isTrimmable) counts.trimmed += 1;
      else keep(faultsOfAct(row));
      wanted.delete(`${row.number}:${row.link}`);
      head = { number: row.number, link: row.link }; // so that one broken link is one fault
    }
    rows = rows.length < entriesPerRead ? [] : await readEntries(database, tenantId, head.number);
  }
  for (const { number } of wanted.values()) keep([{ number, kind: 'anchor-missing' }]);
  keep(await findWithoutEntry(database, tenantId));
  const { entries, unsealed } = await countAll(database, tenantId);
  return { entries, head, unsealed, ...counts, faults };
}

interface Entry extends SealedAct {
  readonly [column: string]: unknown;
  readonly number: number;
  readonly link: string;
  /** Of the act as it stands, here and below; null where it is gone. */
  readonly actDigest: string | null;
  readonly actContent: string | null;
  readonly isErased: boolean | null;
}

function faultsOfAct({ number, digest, content, actDigest, actContent, isErased }: Entry): HistoryFault[] {
  if (actDigest === null) return [{ number, kind: 'act-missing' }];
  const faults: HistoryFault[] = [];
  if (actDigest !== digest) faults.push({ number, kind: 'act-changed' });
  if (actContent !== content && isErased !== true) faults.push({ number, kind: 'content-changed' });
  return faults;
}

async function readEntries(database: Database, tenantId: TenantId, after: number): Promise<readonly Entry[]> {
  return inTenant(database, tenantId, (tx) =>
    tx.execute<Entry & Record<string, unknown>>(sql`
      select e.number, e.action_id as "actionId", e.digest, e.content, e.is_trimmable as "isTrimmable", e.link,
        case when a.id is not null then ${actDigest} end as "actDigest",
        case when a.id is not null then ${contentDigest} end as "actContent", a.erased_at is not null as "isErased"
      from history_entries e left join actions a on a.tenant_id = e.tenant_id and a.id = e.action_id
      where e.tenant_id = ${tenantId}::uuid and e.number > ${after} order by e.number limit ${entriesPerRead}`),
  );
}

async function findWithoutEntry(database: Database, tenantId: TenantId): Promise<HistoryFault[]> {
  const rows = await inTenant(database, tenantId, (tx) =>
    tx.execute<{
      id: string;
    }>(sql`select a.id from actions a where a.tenant_id = ${tenantId}::uuid and a.is_sealed
      and not exists (select from history_entries e where e.tenant_id = a.tenant_id and e.action_id = a.id)
      order by a.at, a.id limit ${faultsMax}`),
  );
  return rows.map(({ id }) => ({ kind: 'entry-missing', actionId: id }));
}

async function countAll(
  database: Database,
  tenantId: TenantId,
): Promise<{ entries: number; unsealed: number }> {
  const [counts] = await inTenant(database, tenantId, (tx) =>
    tx.execute<{ entries: number; unsealed: number }>(sql`select
      (select count(*)::int from history_entries where tenant_id = ${tenantId}::uuid) as entries,
      (select count(*)::int from actions where tenant_id = ${tenantId}::uuid and not is_sealed) as unsealed`),
  );
  if (!counts) throw new Error('a select of one row gave none');
  return counts;
}
