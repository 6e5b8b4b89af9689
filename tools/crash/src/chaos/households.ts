import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import type { Sandbox } from '@koppel/exact-sandbox';
import type { CoupleOptions } from '@koppel/demo';

/** An organisation that lives in the same Koppel, with administrations that no other one may see anything of (I7). */
export type Household = Required<Pick<CoupleOptions, 'email' | 'password' | 'exact' | 'divisions'>>;

const password = 'koppel-demo';
const adminEmail = 'admin@koppel.demo';
const neighbourEmail = 'buur@koppel.demo';

const [ourUser, theirUser] = ['anna@bouwgroep-demo.nl', 'accountant@demo.nl'] as const;
/** Who consented in Exact. */
export const coupledUsers: readonly string[] = [ourUser, theirUser];

/** The demo's organisation with all administrations but the last, and a neighbour with that one. */
export async function openHouseholds(sql: Sql, { world }: Sandbox): Promise<readonly [Household, Household]> {
  const divisions = world.divisionsOf(0).map(({ code }) => code);
  if (divisions.length < 2) throw new RangeError('two organisations need an administration each');
  await moveIn(sql);
  const exact = (username: string) => ({ username, password: 'demo' });
  const [anna, accountant] = [exact(ourUser), exact(theirUser)];
  return [
    { email: adminEmail, password, exact: anna, divisions: divisions.slice(0, -1) },
    { email: neighbourEmail, password, exact: accountant, divisions: divisions.slice(-1) },
  ];
}

/** With a person of its own, whose password is that of the demo's. */
async function moveIn(sql: Sql): Promise<void> {
  const [tenantId, userId] = [randomUUID(), randomUUID()];
  await sql.begin(async (tx) => {
    await tx`insert into tenants (id, name, feature_enabled_at, created_at) values (${tenantId}, 'Buurman Bouw', now(), now())`;
    await tx`insert into users (id, email, name, password_hash, created_at)
      select ${userId}, ${neighbourEmail}, 'Bert Buurman', password_hash, now() from users where email = ${adminEmail}`;
    await tx`insert into memberships (tenant_id, user_id, role) values (${tenantId}, ${userId}, 'admin')`;
    await tx`insert into couplings (tenant_id, step, created_at) values (${tenantId}, 'connect', now())`;
  });
}
