import { asc, eq, sql } from 'drizzle-orm';
import type { DisabledReason, ReceiverHealth } from '@koppel/domain/outgoing-events';
import { asId, type TenantId } from '@koppel/domain/kernel';
import type { Tx } from '../database.js';
import { webhookEndpoints } from '../schema/index.js';
import type { SealedSecret } from '../token-cipher.js';

/** Where an integrator is told of events, with the secrets that sign what is sent there. */
export interface WebhookEndpoint extends ReceiverHealth {
  readonly id: string;
  readonly tenantId: TenantId;
  readonly url: string;
  readonly description: string;
  /** Types of events; none: all. */
  readonly eventTypes: readonly string[];
  readonly secret: SealedSecret;
  /** The secret before it, which signs as well until then. */
  readonly previous: { readonly secret: SealedSecret; readonly until: Date } | null;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** The endpoints of one tenant, over Postgres. */
export class WebhookEndpoints {
  constructor(private readonly tx: Tx) {}

  /** All, oldest first. */
  async findMany(): Promise<WebhookEndpoint[]> {
    const rows = await this.tx
      .select()
      .from(webhookEndpoints)
      .orderBy(asc(webhookEndpoints.createdAt), asc(webhookEndpoints.id));
    return rows.map(toEndpoint);
  }

  async findById(id: string): Promise<WebhookEndpoint | undefined> {
    const [row] = await this.tx.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, id));
    return row && toEndpoint(row);
  }

  /** Locks the row until the transaction ends. */
  async findByIdForUpdate(id: string): Promise<WebhookEndpoint | undefined> {
    const [row] = await this.tx
      .select()
      .from(webhookEndpoints)
      .where(eq(webhookEndpoints.id, id))
      .for('update');
    return row && toEndpoint(row);
  }

  /** Holds back whoever else would add one, until the transaction ends: `findMany` counts them right till then. */
  async holdAdding(tenantId: TenantId): Promise<void> {
    const name = `webhook-endpoints:${tenantId}`;
    await this.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
  }

  async add(endpoint: WebhookEndpoint): Promise<void> {
    await this.tx.insert(webhookEndpoints).values(toRow(endpoint));
  }

  /** Writes every column as given; the caller raises `version`. */
  async save(endpoint: WebhookEndpoint): Promise<void> {
    await this.tx.update(webhookEndpoints).set(toRow(endpoint)).where(eq(webhookEndpoints.id, endpoint.id));
  }

  /** Removes it; its log is nobody's from then on, and `DeliveryQueue.forget` clears it. The events stay for the others. */
  async remove(id: string): Promise<void> {
    await this.tx.delete(webhookEndpoints).where(eq(webhookEndpoints.id, id));
  }
}

type Row = typeof webhookEndpoints.$inferSelect;

function toEndpoint(row: Row): WebhookEndpoint {
  const { previousKeyId: keyId, previousCiphertext: ciphertext, previousUntil: until } = row;
  const { id, url, description, eventTypes, isEnabled, disabledAt, failingSince } = row;
  return {
    id,
    url,
    description,
    eventTypes,
    isEnabled,
    disabledAt,
    failingSince,
    tenantId: asId<TenantId>(row.tenantId),
    disabledReason: row.disabledReason as DisabledReason | null, // our own rows
    secret: { keyId: row.secretKeyId, ciphertext: row.secretCiphertext },
    previous:
      keyId === null || ciphertext === null || until === null
        ? null
        : { secret: { keyId, ciphertext }, until },
    version: row.version,
    createdBy: row.createdBy,
    createdAt: row.createdAt,
  };
}

function toRow({ secret, previous, eventTypes, ...columns }: WebhookEndpoint) {
  return {
    ...columns,
    eventTypes: [...eventTypes],
    secretKeyId: secret.keyId,
    secretCiphertext: secret.ciphertext,
    previousKeyId: previous?.secret.keyId ?? null,
    previousCiphertext: previous?.secret.ciphertext ?? null,
    previousUntil: previous?.until ?? null,
  };
}
