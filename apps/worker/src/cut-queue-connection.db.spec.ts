import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openQueueConnection, type QueueConnection } from './queues.js';
import { aConfig, aWorkerRig, type WorkerRig } from './testing/a-worker-rig.js';

describe('a connection of the queue that is cut in a transaction', () => {
  let rig: WorkerRig;
  let connection: QueueConnection;
  beforeAll(async () => {
    rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 1, relations: 10 } } });
    connection = await openQueueConnection(
      aConfig({ databaseUrl: rig.databaseUrl, exactUrl: rig.sandbox.url }),
    );
  });
  afterAll(async () => {
    await connection.close();
    await rig.close();
  });

  it('ends the transaction and not the process', async () => {
    const pool = connection.options as unknown as Pool; // what it is on Postgres
    const client = await pool.connect();
    await client.query('begin');
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const ended = new Promise((resolve) => client.once('end', resolve));
    await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await ended;

    await expect(client.query('commit')).rejects.toThrow();
    client.release(true);
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});
