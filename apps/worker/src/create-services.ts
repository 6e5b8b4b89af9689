import { setTimeout as sleep } from 'node:timers/promises';
import { asId, type ConnectionId } from '@koppel/domain/kernel';
import { compareHere, type CompareAccounts } from '@koppel/domain/relations';
import { createHttpTransport, type Transport } from '@koppel/exact-client';
import { DrizzleUnitOfWork, findConnectionOwner, TokenCipher, type Database } from '@koppel/persistence';
import type { Config } from './config.js';
import type { Chance } from './deps.js';
import { ExactClients } from './exact/exact-clients.js';
import { exactClock } from './exact/exact-clock.js';
import { ExactRelationSource } from './exact/exact-relation-source.js';
import { ExactSubscriptionSource } from './exact/exact-subscription-source.js';
import { ExactWriteSource } from './exact/exact-write-source.js';
import { tellReconnect } from './exact/tell-reconnect.js';
import { DeliveryResults } from './metrics/delivery-results.js';
import type { ExactCalls } from './metrics/exact-calls.js';
import { SurvivedFaults } from './metrics/survived-faults.js';
import type { Log } from './log.js';
import { sourceGivingWay } from './precedence/give-way.js';
import { Precedence } from './precedence/precedence.js';
import type { Services } from './services.js';

export interface ServicesOptions {
  readonly config: Config;
  readonly database: Database;
  /** Connections for leases and budgets alone (F23); those of `database` when left out. */
  readonly reserved?: Database;
  readonly chance: Chance;
  readonly log: Log;
  readonly stopping: AbortSignal;
  /** In the calling thread when left out. */
  readonly compareAccounts?: CompareAccounts;
  /** Told of every call to Exact; nobody is when left out. */
  readonly exactCalls?: ExactCalls;
  /** The way to Exact; plain HTTP when left out. */
  readonly transport?: Transport;
  /** How the watch over a token in doubt waits; real time when left out. */
  readonly wait?: ((ms: number) => Promise<void>) | undefined;
}

/** The composition root of the handlers. */
export function createServices(options: ServicesOptions): Services {
  const { config, database, chance, log, stopping, compareAccounts = compareHere } = options;
  const { reserved = database } = options;
  const { transport = createHttpTransport() } = options;
  const deps = { uow: new DrizzleUnitOfWork(database), ...chance };
  const clock = exactClock(chance.now, config.timings.exactClockScale);
  const { currentKeyId, keys } = config.encryption;
  const bytes = Object.entries(keys).map(([id, key]) => [id, Buffer.from(key.reveal(), 'base64')] as const);
  const cipher = new TokenCipher({ currentKeyId, keys: Object.fromEntries(bytes) });
  const clients = new ExactClients({
    ...config.exact,
    database,
    reserved,
    clock,
    random: chance.random,
    cipher,
    transport,
    wait: options.wait,
    onReauthRequired: async (id, reason) => {
      const connectionId = asId<ConnectionId>(id);
      const owner = await findConnectionOwner(database, connectionId);
      if (owner) await tellReconnect(deps, { tenantId: owner.tenantId, connectionId }, reason);
    },
    observe: ({ method, division, path, status, durationMs }) => {
      options.exactCalls?.count(status);
      log.debug({ method, division, path, status, durationMs }, 'exact call');
    },
  });
  const precedence = new Precedence({ uptime: chance.uptime, sleep });
  const relationSource = sourceGivingWay(new ExactRelationSource(clients), precedence);
  const writeSource = new ExactWriteSource(clients);
  const subscriptionSource = new ExactSubscriptionSource(clients);
  return {
    config,
    log,
    database,
    deps,
    reserved: new DrizzleUnitOfWork(reserved),
    clients,
    relationSource,
    writeSource,
    subscriptionSource,
    cipher,
    compareAccounts,
    precedence,
    deliveryResults: new DeliveryResults(),
    survivedFaults: new SurvivedFaults(),
    stopping,
  };
}
