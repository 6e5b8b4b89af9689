import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { migrateQueue } from './queues.js';
import { aFetchingTenant } from './testing/a-fetching-tenant.js';
import { aWorkerProcess, notBuilt, type WorkerProcess } from './testing/a-worker-process.js';
import { aWorkerRig, type WorkerRig } from './testing/a-worker-rig.js';

const patient = { timeout: 60_000, interval: 20 };

describe.skipIf(notBuilt)(
  'a worker that is killed between a commit and its handing over to the queue',
  () => {
    let rig: WorkerRig;
    let queue: postgres.Sql;
    const processes: WorkerProcess[] = [];
    beforeAll(async () => {
      rig = await aWorkerRig({ sandbox: { clock: 'real', world: { seed: 5, divisions: 2, relations: 30 } } });
      await migrateQueue(rig.databaseUrl);
      queue = postgres(rig.databaseUrl, { max: 2 });
    });
    afterEach(() => {
      for (const { child } of processes.splice(0)) child.kill('SIGKILL');
    });
    afterAll(async () => {
      await queue.end({ timeout: 5 });
      await rig.close();
    });
    const aProcess = async (): Promise<WorkerProcess> => {
      const made = await aWorkerProcess(rig);
      processes.push(made);
      return made;
    };
    /** How many relays have messages in their hands that the closed table of jobs does not take. */
    const relaysThatWait = async () =>
      (
        await queue`
        select from pg_stat_activity where datname = current_database()
          and state = 'idle in transaction' and query like '%from outbox o left join%'`
      ).length;
    it('leaves what was committed to the next one, which does it once (F11)', async () => {
      const tenant = await aFetchingTenant(rig);
      rig.sandbox.journal.clear();
      const closed = await queue.reserve();
      await closed`begin`;
      await closed`lock table bullmq.job in share row exclusive mode`;
      const runId = await tenant.start();
      const first = await aProcess();
      try {
        await expect.poll(relaysThatWait, patient).toBe(1);
        first.child.kill('SIGKILL');
        expect(await first.ended).toBe('SIGKILL');
      } finally {
        await closed`rollback`;
        closed.release();
      }
      expect(rig.sandbox.journal.counters().calls).toBe(0);

      await aProcess();
      await expect.poll(async () => (await tenant.run(runId)).state, patient).toBe('completed');
      const byEndpoint = Object.entries(rig.sandbox.journal.counters().byEndpoint);
      const fetched = byEndpoint.filter(([endpoint]) => /^(sync|crm|financial|vat)\//.test(endpoint));
      const once = tenant.administrations.length;
      expect(fetched.length).toBeGreaterThan(5);
      // Accounts are counted before they are read and after.
      const timesOf = (endpoint: string) => (endpoint === 'crm/Accounts' ? 2 * once : once);
      expect(fetched).toEqual(fetched.map(([endpoint]) => [endpoint, timesOf(endpoint)]));
    });
  },
);
