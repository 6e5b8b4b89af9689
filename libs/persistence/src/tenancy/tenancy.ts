import { asId, type TenantId } from '@koppel/domain/kernel';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../database.js';
import { memberships, tenants, users } from '../schema/index.js';

export type MemberRole = 'viewer' | 'reviewer' | 'admin';

export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string | null;
  readonly locale: 'nl' | 'en';
  readonly isOperator: boolean;
}

export interface Membership {
  readonly tenantId: TenantId;
  readonly tenantName: string;
  readonly role: MemberRole;
  readonly isFeatureEnabled: boolean;
}

export interface TenantFeature {
  readonly id: TenantId;
  readonly name: string;
  readonly enabledAt: Date | null;
  readonly enabledBy: string | null;
}

/** The account with this e-mail address, whatever its case. All functions here run as the system role. */
export async function findUserByEmail(tx: Tx, email: string): Promise<User | undefined> {
  const [row] = await tx
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, email.toLowerCase()));
  return row && toUser(row);
}

export async function findUser(tx: Tx, userId: string): Promise<User | undefined> {
  const [row] = await tx.select().from(users).where(eq(users.id, userId));
  return row && toUser(row);
}

/** The tenants that a user works for, by name. */
export async function findMemberships(tx: Tx, userId: string): Promise<Membership[]> {
  const rows = await tx
    .select({
      tenantId: tenants.id,
      tenantName: tenants.name,
      role: memberships.role,
      at: tenants.featureEnabledAt,
    })
    .from(memberships)
    .innerJoin(tenants, eq(tenants.id, memberships.tenantId))
    .where(eq(memberships.userId, userId))
    .orderBy(asc(tenants.name), asc(tenants.id));
  return rows.map((row) => ({
    tenantId: asId(row.tenantId),
    tenantName: row.tenantName,
    role: row.role as MemberRole, // only `addMembership` writes it
    isFeatureEnabled: row.at !== null,
  }));
}

export async function setUserLocale(tx: Tx, userId: string, locale: 'nl' | 'en'): Promise<void> {
  await tx.update(users).set({ locale }).where(eq(users.id, userId));
}

const tenantsMax = 1_000;

/** Organisations by name, for the helpdesk. */
export async function findTenantFeatures(tx: Tx): Promise<TenantFeature[]> {
  const rows = await tx.select().from(tenants).orderBy(asc(tenants.name), asc(tenants.id)).limit(tenantsMax);
  return rows.map(toFeature);
}

export async function findTenantFeature(tx: Tx, tenantId: TenantId): Promise<TenantFeature | undefined> {
  const [row] = await tx.select().from(tenants).where(eq(tenants.id, tenantId));
  return row && toFeature(row);
}

/** Step 0 of product.md 1. Switching on what is on keeps the first moment and name. Undefined for an unknown tenant. */
export async function saveTenantFeature(
  tx: Tx,
  tenantId: TenantId,
  enabled: { readonly at: Date; readonly by: string } | null,
): Promise<TenantFeature | undefined> {
  const values = { featureEnabledAt: enabled?.at ?? null, featureEnabledBy: enabled?.by ?? null };
  const isOther = enabled ? isNull(tenants.featureEnabledAt) : undefined;
  await tx
    .update(tenants)
    .set(values)
    .where(and(eq(tenants.id, tenantId), isOther));
  return findTenantFeature(tx, tenantId);
}

export interface NewTenant {
  readonly id: TenantId;
  readonly name: string;
  readonly createdAt: Date;
}

/** Adds a tenant, or leaves the one with this id as it is. */
export async function addTenant(tx: Tx, tenant: NewTenant): Promise<void> {
  await tx.insert(tenants).values(tenant).onConflictDoNothing();
}

/** Adds a user, or leaves the one with this e-mail address as it is; answers the id that holds. */
export async function addUser(tx: Tx, user: User & { readonly createdAt: Date }): Promise<string> {
  await tx.insert(users).values(user).onConflictDoNothing();
  const present = await findUserByEmail(tx, user.email);
  return present?.id ?? user.id;
}

/** Gives a user a role, replacing the one that he had in that tenant. */
export async function saveMembership(
  tx: Tx,
  of: { tenantId: TenantId; userId: string; role: MemberRole },
): Promise<void> {
  await tx
    .insert(memberships)
    .values(of)
    .onConflictDoUpdate({ target: [memberships.tenantId, memberships.userId], set: { role: of.role } });
}

function toUser(row: typeof users.$inferSelect): User {
  return { ...row, locale: row.locale === 'en' ? 'en' : 'nl' };
}

function toFeature(row: typeof tenants.$inferSelect): TenantFeature {
  return {
    id: asId(row.id),
    name: row.name,
    enabledAt: row.featureEnabledAt,
    enabledBy: row.featureEnabledBy,
  };
}
