import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Sandbox } from '@koppel/exact-sandbox';
import type { TenantId } from '@koppel/domain/kernel';
import { inTenant, type Database } from '@koppel/persistence';

/** Per division: how many accounts there are, and a hash over ids, codes and names. */
export type Mirror = Readonly<Record<string, { readonly count: number; readonly hash: string }>>;

/** What the sandbox holds, straight from its tables. */
export function truthOf(sandbox: Sandbox, divisions: readonly number[]): Mirror {
  return Object.fromEntries(
    divisions.map((code) => {
      const table = sandbox.world.division(code)?.tables.Accounts;
      if (!table) throw new Error(`no division ${code}`);
      const rows = [...table.all()].map((row) => [table.guid(row.$row), text(row['Name'])] as const);
      return [code, hashOf(rows)];
    }),
  );
}

/** What we hold of it, present accounts only. */
export async function mirrorOf(database: Database, tenantId: TenantId): Promise<Mirror> {
  const rows = await inTenant(database, tenantId, (tx) =>
    tx.execute<{ division: number; exact_id: string; name: string }>(sql`
      select a.division, s.exact_id, s.name from source_relations s join administrations a on a.id = s.administration_id
      where s.state = 'present'`),
  );
  const byDivision = Map.groupBy(rows, (row) => row.division);
  return Object.fromEntries(
    [...byDivision].map(([division, own]) => [
      division,
      hashOf(own.map((row) => [row.exact_id, row.name] as const)),
    ]),
  );
}

function hashOf(rows: readonly (readonly [string, string])[]) {
  const lines = rows.map(([id, name]) => `${id} ${name}`).sort();
  return {
    count: lines.length,
    hash: createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16),
  };
}

/** As the client cleans it: what cannot be stored is taken out, the rest trimmed. */
function text(value: unknown): string {
  return typeof value === 'string' ? value.replace(/[\0\p{Surrogate}]/gu, '').trim() : '';
}
