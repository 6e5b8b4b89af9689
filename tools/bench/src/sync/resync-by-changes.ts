import postgres from 'postgres';
import type { SyncRun } from '@koppel/contracts';
import { coupleOnce, recordsOf, resyncWhenFree, type Coupled } from '../couple-once.js';
import type { Goal } from '../goal.js';

const divisions = 4;
const relations = 5_000;
const edits = [0, 20, 200, 2_000];
const pageSize = 1_000;

interface Cost {
  readonly changes: number;
  readonly calls: number;
  readonly ms: number;
}

/** What a resync costs when 0 to 2,000 of 20,000 accounts were edited: calls by the number of changes, not of accounts. */
export async function benchResync(log: (line: string) => void): Promise<Goal[]> {
  const coupled = await coupleOnce({ divisions, relations, unthrottled: true, seed: 7 });
  try {
    const costs: Cost[] = [];
    for (const changes of edits) costs.push(await resyncAfter(coupled, changes));
    for (const { changes, calls, ms } of costs)
      log(`resync after ${changes} edits: ${calls} calls, ${(ms / 1_000).toFixed(2)} s`);
    const without = costs[0]?.calls ?? 0;
    return costs.map(({ changes, calls }) => ({
      name: `calls of a resync after ${changes} edits of ${divisions * relations}`,
      value: calls,
      unit: 'calls',
      // A page more per administration and thousand changes.
      must: {
        atMost: changes === 0 ? divisions * callsEach : without + divisions * Math.ceil(changes / pageSize),
      },
    }));
  } finally {
    await coupled.product.stop();
  }
}

/** Each of the kinds that are fetched by version or as a whole, its look at the deleted, and one for the division itself. */
const callsEach = 20;

async function resyncAfter({ product, api, sandbox }: Coupled, changes: number): Promise<Cost> {
  for (const [index, { division, id }] of (await someAccounts(product.databaseUrl, changes)).entries())
    await sandbox.editPhone(division, id, `0${200_000_000 + changes * 10_000 + index}`);
  const { run, ms } = await resyncWhenFree(api);
  if (recordsOf(run, 'accounts') < changes) throw new Error('the resync missed edits');
  return { changes, calls: callsOf(run), ms };
}

function callsOf(run: SyncRun): number {
  return run.administrations.flatMap(({ parts }) => parts).reduce((sum, { calls }) => sum + calls, 0);
}

/** Spread over all administrations. */
async function someAccounts(databaseUrl: string, count: number): Promise<{ division: number; id: string }[]> {
  const sql = postgres(databaseUrl, { max: 1 });
  try {
    return await sql<{ division: number; id: string }[]>`
      select a.division, s.exact_id as id from source_relations s join administrations a on a.id = s.administration_id
      where s.state = 'present' and not s.is_own_company order by md5(s.exact_id::text) limit ${count}`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
