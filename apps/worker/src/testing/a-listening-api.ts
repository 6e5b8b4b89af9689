import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createApp, readConfig } from '@koppel/api';
import { DEMO_CLIENT } from '@koppel/exact-sandbox';
import { connect } from '@koppel/persistence';
import { createServices } from '../create-services.js';
import { systemChance } from '../deps.js';
import { createLog } from '../log.js';
import type { Services } from '../services.js';
import { someKeys } from './a-coupled-tenant.js';
import type { WorkerRig } from './a-worker-rig.js';

export interface ListeningApi {
  /** A worker that subscribes with the api's address. */
  readonly services: Services;
  close(): Promise<void>;
}

/** The real api on the rig's database, listening where the rig's sandbox can call it, and a worker that knows its address. */
export async function aListeningApi(rig: WorkerRig): Promise<ListeningApi> {
  const log = createLog(rig.config);
  const config = readConfig({
    DATABASE_URL: rig.databaseUrl,
    SESSION_SECRET: 'x'.repeat(32),
    ENCRYPTION_KEYS: JSON.stringify(someKeys),
    ENCRYPTION_KEY_ID: 'k1',
    EXACT_CLIENT_ID: DEMO_CLIENT.clientId,
    EXACT_CLIENT_SECRET: DEMO_CLIENT.clientSecret,
    EXACT_WEBHOOK_SECRET: DEMO_CLIENT.webhookSecret,
    EXACT_BASE_URL_NL: rig.sandbox.url,
    WEB_DIR: '/nowhere',
  });
  const chance = {
    now: rig.clock.now,
    newId: systemChance.newId,
    newSecret: () => randomBytes(32).toString('base64url'),
    random: () => 0,
  };
  const app = await createApp({ config, database: connect(rig.databaseUrl, { max: 5 }), chance, log });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const services = createServices({
    config: { ...rig.config, publicUrl: `http://127.0.0.1:${port}` },
    database: rig.database,
    chance: { ...systemChance, now: rig.clock.now },
    log,
    stopping: new AbortController().signal,
  });
  return { services, close: () => app.close() };
}
