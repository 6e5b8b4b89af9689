import { randomUUID } from 'node:crypto';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '@koppel/exact-sandbox';
import { createTestDatabase, type TestDatabase } from '@koppel/persistence/testing';
import { checkTenants } from './check-tenants.js';

describe('the check of who sees what', () => {
  let database: TestDatabase;
  let sandbox: Sandbox;
  let sql: Sql;
  const ours = { tenant: randomUUID(), email: 'a@koppel.demo' };
  const theirs = { tenant: randomUUID(), email: 'b@koppel.demo' };
  beforeAll(async () => {
    database = await createTestDatabase();
    sandbox = await startSandbox({ world: { divisions: 2, relations: 10 } });
    sql = postgres(database.url, { max: 1, onnotice: () => undefined });
    for (const [index, { tenant, email }] of [ours, theirs].entries()) {
      const user = randomUUID();
      await sql`insert into tenants (id, name, created_at) values (${tenant}, ${email}, now())`;
      await sql`insert into users (id, email, name, created_at) values (${user}, ${email}, ${email}, now())`;
      await sql`insert into memberships (tenant_id, user_id, role) values (${tenant}, ${user}, 'admin')`;
      await coupled(tenant, divisionAt(index).code);
    }
  });
  afterAll(async () => {
    await sql.end({ timeout: 5 });
    await sandbox.stop();
    await database.drop();
  });

  function divisionAt(index: number) {
    const division = sandbox.world.divisionsOf(0)[index];
    if (!division) throw new Error(`no administration ${index}`);
    return division;
  }

  async function coupled(tenant: string, division: number): Promise<string> {
    const id = randomUUID();
    await sql`insert into administrations (id, tenant_id, connection_id, region, division, name, state, listed_at)
      values (${id}, ${tenant}, ${randomUUID()}, 'nl', ${division}, 'A', 'active', now())`;
    return id;
  }

  function found(): Promise<string[]> {
    const divisionsByEmail = new Map(
      [ours, theirs].map(({ email }, index) => [email, [divisionAt(index).code]]),
    );
    return checkTenants({ sql, sandbox, divisionsByEmail });
  }

  it('finds nothing where everybody has what is theirs, and each thing that is a neighbour’s', async () => {
    expect(await found()).toEqual([]);

    const administration = await coupled(theirs.tenant, divisionAt(0).code);
    const { Accounts } = divisionAt(0).tables;
    const [account] = [...Accounts.all()];
    if (!account) throw new Error('an administration without accounts');
    await sql`insert into source_parts (tenant_id, administration_id, kind, exact_id, fields, state, changed_at)
      values (${ours.tenant}, ${administration}, 'address', ${randomUUID()}, '{}', 'present', now()),
        (${theirs.tenant}, ${administration}, 'address', ${Accounts.guid(account.$row)}, '{}', 'present', now())`;

    expect(await found()).toEqual([
      'I7 1 rows of source_parts have the administration_id of a neighbour',
      `I7 b@koppel.demo has administration ${divisionAt(0).code} of a neighbour`,
      'I7 b@koppel.demo has 1 parts of a neighbour',
    ]);
  });
});
