import { surviveLostConnections } from '@koppel/persistence';
import { compareInThread } from './compare/compare-in-thread.js';
import type { Config } from './config.js';
import { systemChance } from './deps.js';
import { createLog } from './log.js';
import { startWorker } from './start-worker.js';

/** A process that ends while code is compiled in the background may hang for ever (nodejs/node#54918): it is left to finish first. */
const calmBeforeExitMs = 250;

/** Works until the process is told to stop, or until the launcher that holds the other end of the IPC channel is gone. */
export async function run(config: Config): Promise<void> {
  const log = createLog(config);
  surviveLostConnections(log);
  const parts = { chance: systemChance, log, compareAccounts: compareInThread };
  const worker = await startWorker(config, parts).catch((error: unknown) => {
    // Whatever it is: to survive it would be to go on without working.
    log.fatal({ err: error }, 'worker could not start');
    process.exit(1);
  });
  log.info('worker works');
  process.send?.({ kind: 'ready' });
  let isStopping = false;
  const stop = (reason: string): void => {
    if (isStopping) return;
    isStopping = true;
    log.info({ reason }, 'worker stops');
    // A page that does not end in time is taken over by another worker (F03).
    setTimeout(() => process.exit(0), config.timings.stopWithinMs).unref();
    void worker.stop().then(
      () => setTimeout(() => process.exit(0), calmBeforeExitMs),
      (error: unknown) => {
        log.error({ err: error }, 'worker did not stop well');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', () => stop('SIGTERM'));
  process.once('SIGINT', () => stop('SIGINT'));
  process.once('disconnect', () => stop('launcher gone'));
}
