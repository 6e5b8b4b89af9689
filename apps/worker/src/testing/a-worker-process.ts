import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Timings } from '../config.js';
import type { WorkerRig } from './a-worker-rig.js';

const main = path.resolve(import.meta.dirname, '../../dist/main.js');

/** Why process specs cannot run, or undefined: they start the compiled worker, as `npm start` does. */
export const notBuilt = existsSync(main) ? undefined : 'apps/worker is not built';

export interface WorkerProcess {
  readonly child: ChildProcess;
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/** The compiled worker as a process of its own; resolves when it works. `databaseUrl`: another way to the rig's database. */
export async function aWorkerProcess(
  rig: WorkerRig,
  timings: Partial<Timings> = {},
  databaseUrl = rig.databaseUrl,
): Promise<WorkerProcess> {
  const { config } = rig;
  const keys = Object.fromEntries(
    Object.entries(config.encryption.keys).map(([id, key]) => [id, key.reveal()]),
  );
  const child = spawn(process.execPath, [main], {
    stdio: ['ignore', process.env['WORKER_SPEC_LOG'] ? 'inherit' : 'ignore', 'inherit', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: databaseUrl,
      LOG_LEVEL: process.env['WORKER_SPEC_LOG'] ?? 'silent',
      ENCRYPTION_KEYS: JSON.stringify(keys),
      ENCRYPTION_KEY_ID: config.encryption.currentKeyId,
      EXACT_CLIENT_ID: config.exact.clientId,
      EXACT_CLIENT_SECRET: config.exact.clientSecret.reveal(),
      EXACT_BASE_URL_NL: rig.sandbox.url,
      WORKER_TIMINGS: JSON.stringify({
        relayEveryMs: 20,
        sweepEveryMs: 1_000,
        sweepGraceMs: 1_000,
        ...timings,
      }),
    },
  });
  const ended = new Promise<number | string>((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown')),
  );
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    void ended.then((how) => reject(new Error(`the worker ended at its start: ${how}`)));
  });
  return { child, ended };
}
