import type { Sql } from 'postgres';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { connect } from '@koppel/persistence';
import { sealHistory, verifyHistory } from '@koppel/persistence/history';

const actsAtOnce = 1_000;
const portionsMax = 1_000;

/** I10: the chain of each organisation's history verifies, and every act has one entry in it. `databaseUrl` is the owner's. */
export async function checkChain(sql: Sql, databaseUrl: string): Promise<string[]> {
  const tenants = await sql<{ id: string; name: string }[]>`select id, name from tenants order by id`;
  const database = connect(databaseUrl, { max: 2 });
  try {
    const wrong: string[] = [];
    for (const { id, name } of tenants) {
      const tenantId = asId<TenantId>(id);
      // What was done since the last schedule; everything before it stands in the chain already.
      for (let portion = 0; portion < portionsMax; portion += 1)
        if ((await sealHistory(database, { tenantId, limit: actsAtOnce })).acts < actsAtOnce) break;
      const { entries, unsealed, trimmed, faults } = await verifyHistory(database, { tenantId });
      const [count] = await sql<{ acts: number }[]>`
        select count(*)::int as acts from actions where tenant_id = ${id}::uuid`;
      const acts = (count?.acts ?? 0) + trimmed;
      if (entries !== acts || unsealed > 0)
        wrong.push(`I10 ${name} has ${acts} acts and ${entries} entries of them`);
      wrong.push(
        ...faults.map((fault) => {
          const where = fault.kind === 'entry-missing' ? fault.actionId : fault.number;
          return `I10 the history of ${name} has a ${fault.kind} at ${where}`;
        }),
      );
    }
    return wrong;
  } finally {
    await database.close();
  }
}
