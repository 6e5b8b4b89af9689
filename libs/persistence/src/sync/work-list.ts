import { sql } from 'drizzle-orm';
import { usableStates } from '@koppel/domain/administrations';
import {
  asId,
  type ConnectionId,
  type Message,
  type SyncRunId,
  type SyncStepId,
  type TenantId,
  type WriteIntentId,
} from '@koppel/domain/kernel';
import { arrayParameter } from '../array-parameter.js';
import { inSystem, type Database } from '../database.js';

/** A message, whose it is, and what tells one time that it was found from the next. */
export interface ForgottenWork {
  readonly tenantId: TenantId;
  readonly message: Message;
  /** Whether it belongs to a run that is a resync. */
  readonly isOfResync: boolean;
  /** Grows with every claim of a step: a job for an earlier claim may be held by a worker that is dead. */
  readonly claims: number;
}

/**
 * What Postgres says is due although no live worker has it: the sweeper's question (reliability.md 2.3.3). Steps and writes that are
 * just due are left to the queue for `graceMs`.
 */
export async function findForgottenWork(
  database: Database,
  bounds: { readonly limit: number; readonly graceMs: number },
): Promise<ForgottenWork[]> {
  return inSystem(database, async (tx) => {
    const before = sql`now() - ${bounds.graceMs} * interval '1 millisecond'`;
    const steps = await tx.execute<StepRow>(sql`
      select s.tenant_id, s.run_id, s.id, s.kind, s.epoch, r.kind = 'resync' as is_of_resync from sync_steps s join sync_runs r on r.id = s.run_id
      where s.state in ('pending', 'running', 'waiting') and r.paused_at is null
        and case when s.kind = 'compare' then r.state = 'comparing' else r.state in ('fetching', 'aside') end
        and case when s.state = 'running' then s.lease_until is null or s.lease_until < clock_timestamp() else s.due_at < ${before} end
        and not exists (select from sync_steps e where e.run_id = s.run_id and e.administration_id = s.administration_id
          and e.position < s.position and e.state in ('pending', 'running', 'waiting'))
        and not exists (select from outbox o where o.dispatched_at is null and o.message ->> 'stepId' = s.id::text)
      order by s.due_at limit ${bounds.limit}`);
    const writes = await tx.execute<{ tenant_id: string; id: string }>(sql`
      select w.tenant_id, w.id from write_intents w
      where w.state in ('planned', 'sent', 'uncertain') and w.due_at < ${before}
        and not exists (select from outbox o where o.dispatched_at is null and o.message ->> 'intentId' = w.id::text)
      order by w.due_at limit ${bounds.limit}`);
    return [...steps.map(addressedStep), ...writes.map(addressedWrite)];
  });
}

interface StepRow {
  readonly [column: string]: unknown;
  readonly tenant_id: string;
  readonly run_id: string;
  readonly id: string;
  readonly kind: string;
  readonly epoch: number;
  readonly is_of_resync: boolean;
}

function addressedStep(row: StepRow): ForgottenWork {
  const runId = asId<SyncRunId>(row.run_id);
  const message: Message =
    row.kind === 'compare'
      ? { kind: 'compare-run', runId }
      : { kind: 'run-step', runId, stepId: asId<SyncStepId>(row.id) };
  return {
    tenantId: asId<TenantId>(row.tenant_id),
    message,
    isOfResync: row.is_of_resync,
    claims: row.epoch,
  };
}

function addressedWrite(row: { tenant_id: string; id: string }): ForgottenWork {
  const intentId = asId<WriteIntentId>(row.id);
  const message: Message = { kind: 'send-write', intentId };
  return { tenantId: asId<TenantId>(row.tenant_id), message, isOfResync: false, claims: 0 };
}

/**
 * Lists of administrations that were asked for longer than `graceMs` ago and did not come, though nothing is on its way to the queue:
 * a person waits for each (I11).
 */
export async function findForgottenListings(
  database: Database,
  bounds: { readonly limit: number; readonly graceMs: number },
): Promise<ForgottenWork[]> {
  const rows = await inSystem(database, (tx) =>
    tx.execute<{ tenant_id: string; id: string }>(sql`
      select c.tenant_id, c.id from connections c
      where c.state = any(${arrayParameter(usableStates)}::text[]) and c.list_requested_at < now() - ${bounds.graceMs} * interval '1 millisecond'
        and not exists (select from outbox o where o.dispatched_at is null and o.message ->> 'connectionId' = c.id::text
          and o.message ->> 'kind' = 'list-divisions')
      order by c.list_requested_at limit ${bounds.limit}`),
  );
  return rows.map((row) => ({
    tenantId: asId<TenantId>(row.tenant_id),
    message: { kind: 'list-divisions', connectionId: asId<ConnectionId>(row.id) },
    isOfResync: false,
    claims: 0,
  }));
}

/** Tenants with an active administration whose next sync has come, and a consent to read it by: others would stand before them at every look. */
export async function findTenantsWithDueSync(database: Database, limit: number): Promise<TenantId[]> {
  const rows = await inSystem(database, (tx) =>
    tx.execute<{ tenant_id: string }>(sql`
      select a.tenant_id from administrations a
        join tenants t on t.id = a.tenant_id join couplings c on c.tenant_id = a.tenant_id
        join connections k on k.id = a.connection_id and k.state = any(${arrayParameter(usableStates)}::text[])
      where a.state = 'active' and a.next_sync_at <= now() and t.feature_enabled_at is not null and c.activated_at is not null
        and not exists (select from sync_runs r where r.tenant_id = a.tenant_id and r.state in ('fetching', 'comparing'))
      group by a.tenant_id order by min(a.next_sync_at) limit ${limit}`),
  );
  return rows.map((row) => asId<TenantId>(row.tenant_id));
}

/** Connections that can be used, oldest token first. */
export async function findUsableConnections(
  database: Database,
  limit: number,
): Promise<{ readonly tenantId: TenantId; readonly connectionId: ConnectionId }[]> {
  const rows = await inSystem(database, (tx) =>
    tx.execute<{ tenant_id: string; id: string }>(sql`
      select c.tenant_id, c.id from connections c join tenants t on t.id = c.tenant_id
      where c.state = any(${arrayParameter(usableStates)}::text[]) and t.feature_enabled_at is not null
      order by c.access_issued_at nulls first limit ${limit}`),
  );
  return rows.map((row) => ({ tenantId: asId(row.tenant_id), connectionId: asId(row.id) }));
}

/**
 * Connections whose consent is over while no reason stands there: who found out commits the state first, then the reason together with
 * what people are told of it, and may die in between (F42, F45).
 */
export async function findUntoldConnections(
  database: Database,
  limit: number,
): Promise<{ readonly tenantId: TenantId; readonly connectionId: ConnectionId }[]> {
  const rows = await inSystem(database, (tx) =>
    tx.execute<{ tenant_id: string; id: string }>(sql`
      select c.tenant_id, c.id from connections c join tenants t on t.id = c.tenant_id
      where c.state = 'reauth-required' and c.state_reason is null and t.feature_enabled_at is not null
      order by c.id limit ${limit}`),
  );
  return rows.map((row) => ({ tenantId: asId(row.tenant_id), connectionId: asId(row.id) }));
}

/** Whose connection it is, with its country and app; undefined when there is none. */
export async function findConnectionOwner(
  database: Database,
  connectionId: ConnectionId,
): Promise<{ readonly tenantId: TenantId; readonly region: string; readonly clientId: string } | undefined> {
  const [row] = await inSystem(database, (tx) =>
    tx.execute<{ tenant_id: string; region: string; client_id: string }>(
      sql`select tenant_id, region, client_id from connections where id = ${connectionId}::uuid`,
    ),
  );
  return row && { tenantId: asId(row.tenant_id), region: row.region, clientId: row.client_id };
}
