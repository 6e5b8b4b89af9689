import { asId, type TenantId } from '@koppel/domain/kernel';
import { and, desc, eq, isNull, lt, or } from 'drizzle-orm';
import type { Tx } from '../database.js';
import { apiKeys, tenants } from '../schema/index.js';
import type { MemberRole } from './tenancy.js';

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly MemberRole[];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface KnownApiKey extends ApiKey {
  readonly tenantId: TenantId;
  readonly isFeatureEnabled: boolean;
}

/** The key with this SHA-256, revoked and expired ones too. As the system role. */
export async function findApiKeyByHash(tx: Tx, keyHash: string): Promise<KnownApiKey | undefined> {
  const [row] = await tx
    .select({ key: apiKeys, enabledAt: tenants.featureEnabledAt })
    .from(apiKeys)
    .innerJoin(tenants, eq(tenants.id, apiKeys.tenantId))
    .where(eq(apiKeys.keyHash, keyHash));
  if (!row) return undefined;
  return { ...toApiKey(row.key), tenantId: asId(row.key.tenantId), isFeatureEnabled: row.enabledAt !== null };
}

/** Remembers the use of a key, but not more often than once since `before`. As the system role. */
export async function touchApiKey(
  tx: Tx,
  id: string,
  moment: { readonly at: Date; readonly before: Date },
): Promise<void> {
  const isStale = or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, moment.before));
  await tx
    .update(apiKeys)
    .set({ lastUsedAt: moment.at })
    .where(and(eq(apiKeys.id, id), isStale));
}

const keysMax = 500;

/** The tenant's keys, newest first. */
export async function findApiKeys(tx: Tx): Promise<ApiKey[]> {
  const rows = await tx
    .select()
    .from(apiKeys)
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
    .limit(keysMax);
  return rows.map(toApiKey);
}

export async function addApiKey(
  tx: Tx,
  key: ApiKey & { tenantId: TenantId; keyHash: string },
): Promise<void> {
  await tx.insert(apiKeys).values({ ...key, scopes: [...key.scopes] });
}

/** Ends a key for good; false when the tenant has no such key. Revoking twice keeps the first moment. */
export async function revokeApiKey(tx: Tx, id: string, revokedAt: Date): Promise<boolean> {
  const [row] = await tx
    .select({ revokedAt: apiKeys.revokedAt })
    .from(apiKeys)
    .where(eq(apiKeys.id, id))
    .for('update');
  if (!row) return false;
  if (row.revokedAt === null) await tx.update(apiKeys).set({ revokedAt }).where(eq(apiKeys.id, id));
  return true;
}

function toApiKey(row: typeof apiKeys.$inferSelect): ApiKey {
  const { id, name, prefix, createdBy, createdAt, lastUsedAt, expiresAt, revokedAt } = row;
  const scopes = row.scopes as MemberRole[]; // only `addApiKey` writes them
  return { id, name, prefix, scopes, createdBy, createdAt, lastUsedAt, expiresAt, revokedAt };
}
