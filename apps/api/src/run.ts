import { connect, DatabaseClock, surviveLostConnections, untilReached } from '@koppel/persistence';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import { cipherOf } from './core/core.module.js';
import { createLog } from './core/log.js';
import { createApp } from './create-app.js';
import { createDeps, systemChance, systemClocks } from './deps.js';
import { ApiMetrics } from './metrics/api-metrics.js';
import { RequestDurations } from './metrics/request-durations.js';
import { serveMetrics } from './metrics/serve-metrics.js';
import { seedDemo } from './seed/seed-demo.js';

const connectionsMax = 10;
/** For the time of the database and whether it is there: what requests hold says nothing of either (F23). */
const reservedConnections = 1;
const statementTimeoutMs = 30_000;
/** Who waits longer is told to come back (503): a queue of people helps nobody. */
const turnWithinMs = 2_000;
/** So that with the wait for a turn, or for a new connection, a silent database costs whoever asks less than five seconds (F22). */
const answersWithinMs = 2_000;

/** Serves until the process is told to stop, or until the launcher that holds the other end of the IPC channel is gone. */
export async function run(config: Config): Promise<void> {
  const log = createLog(config);
  surviveLostConnections(log);
  try {
    await serve(config, log);
  } catch (error) {
    // Whatever it is: to survive it would be to go on without serving.
    log.fatal({ err: error }, 'api could not start');
    process.exit(1);
  }
}

async function serve(config: Config, log: Logger): Promise<void> {
  const database = connect(config.databaseUrl.reveal(), {
    max: connectionsMax,
    statementTimeoutMs,
    turnWithinMs,
    answersWithinMs,
  });
  const reserved = connect(config.databaseUrl.reveal(), {
    max: reservedConnections,
    statementTimeoutMs,
    answersWithinMs,
  });
  const clock = new DatabaseClock(reserved, systemClocks);
  const stopClock = await clock.start((error) => log.warn({ err: error }, 'database told no time'));
  const chance = { ...systemChance, now: clock.now };
  if (config.seed !== 'none') {
    const deps = createDeps(database, chance);
    const parts = {
      database,
      deps,
      chance,
      cipher: cipherOf(config),
      clientId: config.exact.clientId,
    };
    const { seed } = config;
    await untilReached(() => seedDemo(parts, seed), { log });
  }
  const durations = new RequestDurations();
  const onClose: (() => unknown)[] = [stopClock, () => reserved.close()];
  if (config.metrics) {
    const metrics = new ApiMetrics(database, durations);
    const served = await serveMetrics(config.metrics, { read: () => metrics.read(), log });
    onClose.push(() => served.close());
    log.info({ url: served.url }, 'metrics served');
  }
  const app = await createApp({ config, database, reserved, chance, log, durations, onClose });
  await app.listen(config.port, config.host);
  const url = await app.getUrl();
  log.info({ url }, 'api listens');
  process.send?.({ kind: 'listening', url });
  process.once('disconnect', () => void app.close().then(() => process.exit(0)));
}
