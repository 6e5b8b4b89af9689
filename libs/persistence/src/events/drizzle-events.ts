import { sql } from 'drizzle-orm';
import type { Event } from '@koppel/domain/outgoing-events';
import type { TenantId } from '@koppel/domain/kernel';
import { column, jsonColumn, momentColumn } from '../array-parameter.js';
import type { Tx } from '../database.js';
import { newIdAt } from '../new-id.js';
import { executePrepared } from '../prepared.js';
import { portionsOf } from '../relations/arrays.js';

/** Where adapters say what has happened, in the transaction that it happens in. */
export interface Events {
  add(events: readonly Event[]): Promise<void>;
}

/** Tells nobody: for adapters that are used on their own. */
export const silentEvents: Events = { add: () => Promise.resolve() };

interface Receiver {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly event_types: readonly string[];
  readonly is_enabled: boolean;
  readonly is_activated: boolean;
}

interface Told {
  readonly id: string;
  readonly event: Event;
}

const rowsPerStatement = 500;
/** Made and written by the ten thousand while a coupling is set up; `sync.completed` tells of them then. */
const fromActivation: ReadonlySet<string> = new Set(['relation.created', 'relation.updated']);

/** Events over Postgres: kept when an endpoint wants their type, with a delivery for each that is enabled. */
export class DrizzleEvents implements Events {
  private receivers: Promise<readonly Receiver[]> | undefined;
  private readonly told = new Set<string>();

  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async add(events: readonly Event[]): Promise<void> {
    if (events.length === 0) return;
    this.receivers ??= this.findReceivers();
    const receivers = await this.receivers;
    if (receivers.length === 0) return;
    const wanted = events.filter((event) => receivers.some((one) => wants(one, event)) && this.isNews(event));
    for (const portion of portionsOf(wanted, rowsPerStatement)) await this.insert(portion, receivers);
  }

  private async insert(events: readonly Event[], receivers: readonly Receiver[]): Promise<void> {
    const rows = events.map((event): Told => ({ id: newIdAt(event.at), event }));
    await executePrepared(
      this.tx,
      sql`insert into webhook_events (id, tenant_id, type, data, link, occurred_at)
      select r.id, ${this.tenantId}::uuid, r.type, r.data::jsonb, r.link, r.at
      from unnest(${column(rows, ({ id }) => id)}::uuid[], ${column(rows, ({ event }) => event.type)}::text[],
        ${jsonColumn(rows, ({ event }) => event.data)}::text[], ${column(rows, ({ event }) => event.link)}::text[],
        ${momentColumn(rows, ({ event }) => event.at)}::timestamptz[]) as r(id, type, data, link, at)`,
    );
    const enabled = receivers.filter((one) => one.is_enabled);
    const deliveries = rows.flatMap(({ id, event }) =>
      enabled
        .filter((one) => wants(one, event))
        .map((one) => ({ id: newIdAt(event.at), endpointId: one.id, eventId: id, at: event.at })),
    );
    for (const portion of portionsOf(deliveries, rowsPerStatement))
      await executePrepared(
        this.tx,
        sql`insert into webhook_deliveries (id, tenant_id, endpoint_id, event_id, state, attempts, due_at)
        select r.id, ${this.tenantId}::uuid, r.endpoint_id, r.event_id, 'waiting', 0, r.at
        from unnest(${column(portion, (row) => row.id)}::uuid[], ${column(portion, (row) => row.endpointId)}::uuid[],
          ${column(portion, (row) => row.eventId)}::uuid[], ${momentColumn(portion, (row) => row.at)}::timestamptz[])
          as r(id, endpoint_id, event_id, at)`,
      );
  }

  private findReceivers(): Promise<Receiver[]> {
    return executePrepared<Receiver>(
      this.tx,
      sql`select id, event_types, is_enabled,
        exists (select from couplings where tenant_id = ${this.tenantId}::uuid and activated_at is not null) as is_activated
      from webhook_endpoints where tenant_id = ${this.tenantId}::uuid`,
    );
  }

  /** What was added in this transaction is not told to be changed as well. */
  private isNews({ type, subjectId }: Event): boolean {
    const key = `${type} ${subjectId}`;
    if (this.told.has(key)) return false;
    if (type === 'relation.updated' && this.told.has(`relation.created ${subjectId}`)) return false;
    this.told.add(key);
    return true;
  }
}

function wants({ event_types: types, is_activated: isActivated }: Receiver, { type }: Event): boolean {
  return (types.length === 0 || types.includes(type)) && (isActivated || !fromActivation.has(type));
}
