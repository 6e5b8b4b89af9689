import type { Administration, Connection } from '@koppel/domain/administrations';
import type { TenantId } from '@koppel/domain/kernel';
import type { Tx } from '../database.js';
import { DrizzleAdministrations } from '../drizzle-administrations.js';
import { DrizzleConnections } from '../drizzle-connections.js';

/** All administrations by position, and the connections that they were listed by. */
export async function readAdministrations(
  tx: Tx,
  tenantId: TenantId,
): Promise<{ readonly all: readonly Administration[]; readonly connections: readonly Connection[] }> {
  const all = await new DrizzleAdministrations(tx, tenantId).findMany();
  return { all, connections: await new DrizzleConnections(tx, tenantId).findMany() };
}
