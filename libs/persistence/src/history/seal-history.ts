import { sql } from 'drizzle-orm';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { column } from '../array-parameter.js';
import { inSystem, inTenant, type Database, type Tx } from '../database.js';
import {
  chainStart,
  actDigest,
  contentDigest,
  nextLink,
  type Anchor,
  type SealedAct,
} from './history-chain.js';

/** Tenants with acts that have no entry in the chain yet, first whose oldest waits longest. */
export async function findUnsealedTenants(database: Database, limit: number): Promise<TenantId[]> {
  const rows = await inSystem(database, (tx) =>
    tx.execute<{ id: string }>(
      sql`select tenant_id as id from actions where not is_sealed group by 1 order by min(at), 1 limit ${limit}`,
    ),
  );
  return rows.map(({ id }) => asId<TenantId>(id));
}

/** How many acts were added, and where the chain ends by now. */
export interface Sealed {
  readonly acts: number;
  /** Null where nothing was added. */
  readonly head: Anchor | null;
}

const nothingSealed: Sealed = { acts: 0, head: null };

/**
 * Adds the oldest acts without one to the chain of a tenant's history, at most `limit`. None while another process does it; an act that
 * somebody is at is left for the next time.
 */
export function sealHistory(
  database: Database,
  { tenantId, limit }: { readonly tenantId: TenantId; readonly limit: number },
): Promise<Sealed> {
  return inTenant(database, tenantId, async (tx) => {
    if (!(await isMyTurn(tx, tenantId))) return nothingSealed;
    const acts = [
      ...(await tx.execute<ReadAct>(sql`
        with picked as (
          select p.id, exists (select from history_entries e where e.tenant_id = p.tenant_id and e.action_id = p.id) as is_known
          from actions p where p.tenant_id = ${tenantId}::uuid and not p.is_sealed
          order by p.at, p.id limit ${limit} for update skip locked
        ), a as (
          update actions set is_sealed = true, salt = case when picked.is_known then actions.salt else gen_random_uuid() end
          from picked where actions.tenant_id = ${tenantId}::uuid and actions.id = picked.id
          returning actions.*, picked.is_known
        )
        select a.id as "actionId", ${actDigest} as digest, ${contentDigest} as content, a.kind = 'exact-change' as "isTrimmable",
          a.is_known as "isKnown" from a order by a.at, a.id`)),
    ];
    if (acts.length === 0) return nothingSealed;
    return { acts: acts.length, head: await append(tx, { tenantId, acts }) };
  });
}

/** Where the chain of a tenant ends. */
export async function headOf(tx: Tx, tenantId: TenantId): Promise<Anchor> {
  const [head] = await tx.execute<Anchor & Row>(sql`
    select number, link from history_entries where tenant_id = ${tenantId}::uuid order by number desc limit 1`);
  return head ?? chainStart(tenantId);
}

interface Row {
  readonly [column: string]: unknown;
}

interface ReadAct extends SealedAct, Row {
  /** It has an entry, and was made to look as if it had none: verification holds it against that one, and sealing does not stop at it. */
  readonly isKnown: boolean;
}

async function isMyTurn(tx: Tx, tenantId: TenantId): Promise<boolean> {
  const [row] = await tx.execute<{ isMine: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`history:${tenantId}`}, 0)) as "isMine"`,
  );
  return row?.isMine === true;
}

async function append(
  tx: Tx,
  { tenantId, acts }: { readonly tenantId: TenantId; readonly acts: readonly ReadAct[] },
): Promise<Anchor | null> {
  const added = acts.filter(({ isKnown }) => !isKnown);
  if (added.length === 0) return null;
  let head = await headOf(tx, tenantId);
  const entries = added.map((act) => ({ ...act, ...(head = nextLink(head, act)) }));
  await tx.execute(sql`
    insert into history_entries (tenant_id, number, action_id, digest, content, is_trimmable, link)
    select ${tenantId}::uuid, * from unnest(${column(entries, ({ number }) => number)}::int[],
      ${column(entries, ({ actionId }) => actionId)}::uuid[], ${column(entries, ({ digest }) => digest)}::text[],
      ${column(entries, ({ content }) => content)}::text[], ${column(entries, ({ isTrimmable }) => isTrimmable)}::boolean[],
      ${column(entries, ({ link }) => link)}::text[])`);
  return head;
}
