import { createHttpTransport } from '@koppel/exact-client';
import { DEMO_CLIENT } from '@koppel/exact-sandbox';
import { connect } from '@koppel/persistence';
import { readConfig } from '@koppel/worker';
import { createLog, createServices, systemChance, type Services } from '@koppel/worker/handlers';
import type { CrashPoints } from './crash-points.js';
import type { VictimJob } from './victim-job.js';
import { watchedServices, watchedTransport } from './watched-services.js';

export interface OpenServices {
  readonly services: Services;
  /** Time that passes at once, by the services' clock. */
  readonly skip: (ms: number) => void;
  readonly close: () => Promise<void>;
}

export type Surroundings = Pick<VictimJob, 'databaseUrl' | 'exactUrl' | 'startsAt' | 'encryptionKey'>;

/** The handlers of a worker with a clock of their own, every port of which is watched. */
export function openServices(job: Surroundings, points: CrashPoints): OpenServices {
  const config = readConfig({
    DATABASE_URL: job.databaseUrl,
    LOG_LEVEL: 'silent',
    ENCRYPTION_KEYS: JSON.stringify({ k1: job.encryptionKey }),
    ENCRYPTION_KEY_ID: 'k1',
    EXACT_CLIENT_ID: DEMO_CLIENT.clientId,
    EXACT_CLIENT_SECRET: DEMO_CLIENT.clientSecret,
    EXACT_BASE_URL_NL: job.exactUrl,
  });
  const database = connect(config.databaseUrl.reveal(), { max: 6 });
  const http = createHttpTransport();
  let startsAt = job.startsAt - performance.now();
  const services = createServices({
    config,
    database,
    chance: { ...systemChance, now: () => new Date(startsAt + performance.now()) },
    log: createLog(config),
    stopping: new AbortController().signal,
    transport: watchedTransport(http, points),
  });
  return {
    services: watchedServices(services, points),
    skip: (ms) => void (startsAt += ms),
    close: async () => {
      http.close();
      await database.close();
    },
  };
}
