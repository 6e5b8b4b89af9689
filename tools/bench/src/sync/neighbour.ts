import { randomUUID } from 'node:crypto';
import type { Product } from '@koppel/embedded';
import postgres from 'postgres';
import { SandboxAdmin } from '../sandbox-admin.js';

export interface Neighbour {
  readonly email: string;
  readonly password: string;
  /** The administration that it is to couple. */
  readonly division: number;
}

/** A second tenant with an admin who has the demo admin's password, before its first step. */
export async function addNeighbour(product: Product): Promise<Neighbour> {
  const [division] = await new SandboxAdmin(product.sandboxUrl ?? '').divisions();
  if (division === undefined) throw new Error('the sandbox has no administration');
  const email = 'neighbour@koppel.demo';
  const [tenantId, userId] = [randomUUID(), randomUUID()];
  const sql = postgres(product.databaseUrl, { max: 1 });
  try {
    await sql.begin(async (tx) => {
      await tx`insert into tenants (id, name, feature_enabled_at, created_at) values (${tenantId}, 'Buurman Bouw', now(), now())`;
      await tx`insert into users (id, email, name, password_hash, created_at)
        select ${userId}, ${email}, 'Buurman', password_hash, now() from users where email = 'admin@koppel.demo'`;
      await tx`insert into memberships (tenant_id, user_id, role) values (${tenantId}, ${userId}, 'admin')`;
      await tx`insert into couplings (tenant_id, step, created_at) values (${tenantId}, 'connect', now())`;
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
  return { email, password: 'koppel-demo', division };
}
