import {
  createRedisBackend,
  runMigrations,
  setDefaultBackendFactory,
  type ConnectionOptions,
  type JobsOptions,
  type Queue,
} from 'bullmq';
import pg from 'pg';
import { z } from 'zod';
import { isId, type MessageKind, type Message, type TenantId } from '@koppel/domain/kernel';
import type { Config } from './config.js';
import { createQueueBackend } from './postgres-queue.js';

export const fetchQueue = 'koppel-fetch';
export const compareQueue = 'koppel-compare';
/** Resyncs have turns of their own: a first coupling of 200,000 relations never stands before them (F95). */
export const refetchQueue = 'koppel-refetch';
export const recompareQueue = 'koppel-recompare';
export const writeQueue = 'koppel-write';
export const upkeepQueue = 'koppel-upkeep';
export const queueNames = [
  fetchQueue,
  compareQueue,
  refetchQueue,
  recompareQueue,
  writeQueue,
  upkeepQueue,
] as const;
export type QueueName = (typeof queueNames)[number];
export type Queues = Readonly<Record<QueueName, Queue>>;

/** Which queue carries a message: long comparing never stands before fetching, nor fetching before a write. */
const queueOfKind: Readonly<Record<MessageKind, QueueName>> = {
  'run-step': fetchQueue,
  'compare-run': compareQueue,
  'send-write': writeQueue,
  'list-divisions': upkeepQueue,
  'start-resync': upkeepQueue,
  'keep-alive': upkeepQueue,
  'fetch-noticed': upkeepQueue,
  'keep-subscriptions': upkeepQueue,
  'forget-deliveries': upkeepQueue,
};

const queueOfResync: Readonly<Partial<Record<MessageKind, QueueName>>> = {
  'run-step': refetchQueue,
  'compare-run': recompareQueue,
};

/** The queue of a message; any queue's processor can handle any message, so one that moved between releases is not lost. */
export function queueOf({ message: { kind }, isOfResync }: Routed): QueueName {
  return (isOfResync ? queueOfResync[kind] : undefined) ?? queueOfKind[kind];
}

interface Routed {
  readonly message: Message;
  readonly isOfResync: boolean;
}

/** The messages that this program can carry. */
export const messageKinds: readonly string[] = Object.keys(queueOfKind);

export type Tick = 'resync' | 'daily';
/** What a job carries: ids only. */
export type JobData =
  | { readonly kind: 'message'; readonly tenantId: TenantId; readonly message: Message }
  | { readonly kind: 'tick'; readonly tick: Tick };

const id = <T>() => z.custom<T>((value) => typeof value === 'string' && isId(value));
type Part<K extends MessageKind> = Extract<Message, { kind: K }>;

const messageSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('run-step'),
    runId: id<Part<'run-step'>['runId']>(),
    stepId: id<Part<'run-step'>['stepId']>(),
  }),
  z.strictObject({ kind: z.literal('compare-run'), runId: id<Part<'compare-run'>['runId']>() }),
  z.strictObject({ kind: z.literal('send-write'), intentId: id<Part<'send-write'>['intentId']>() }),
  z.strictObject({
    kind: z.literal('list-divisions'),
    connectionId: id<Part<'list-divisions'>['connectionId']>(),
  }),
  z.strictObject({ kind: z.literal('keep-alive'), connectionId: id<Part<'keep-alive'>['connectionId']>() }),
  z.strictObject({ kind: z.literal('fetch-noticed') }),
  z.strictObject({
    kind: z.literal('keep-subscriptions'),
    administrationId: id<Part<'keep-subscriptions'>['administrationId']>(),
  }),
  z.strictObject({ kind: z.literal('forget-deliveries'), endpointId: id<string>() }),
  z.strictObject({
    kind: z.literal('start-resync'),
    administrationIds: z.array(id<Part<'start-resync'>['administrationIds'][number]>()).max(200),
  }),
]) satisfies z.ZodType<Message>;

/** Decodes what the queue gives back; throws a ZodError on anything else. */
export const jobSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('message'), tenantId: id<TenantId>(), message: messageSchema }),
  z.strictObject({ kind: z.literal('tick'), tick: z.enum(['resync', 'daily']) }),
]) satisfies z.ZodType<JobData>;

/** Finished ids stay for a while, so that a message that is sent twice is one job (F12). By age: a count makes BullMQ deadlock. */
const keptSeconds = 3_600;
/** Retrying is ours, in Postgres; the queue runs a job once. */
export const jobOptions: JobsOptions = {
  attempts: 1,
  removeOnComplete: { age: keptSeconds },
  removeOnFail: { age: 24 * keptSeconds },
};

/** Locks short enough to be taken over within 15 s; our own crash counter decides about giving up, so the queue's is out of the way. */
export const workerOptions = {
  lockDuration: 10_000,
  stalledInterval: 5_000,
  maxStalledCount: 1_000,
} as const;
/** One comparison at a time: each takes a processor for itself. */
export const compareOptions = { ...workerOptions, concurrency: 1 } as const;

const poolMax = 14;

export interface QueueConnection {
  readonly options: ConnectionOptions;
  /** For those who add jobs: a Redis that is away refuses at once, since what they carry stays in the outbox (F27). */
  readonly producers: ConnectionOptions;
  close(): Promise<void>;
}

/** The queue's connection: one pool of Postgres for all queues and workers of the process, or Redis. Call before any Queue is made. */
export async function openQueueConnection(
  config: Pick<Config, 'databaseUrl' | 'redisUrl'>,
): Promise<QueueConnection> {
  if (config.redisUrl) {
    setDefaultBackendFactory(createRedisBackend);
    const options = { url: config.redisUrl.reveal(), maxRetriesPerRequest: null };
    const producers = {
      url: config.redisUrl.reveal(),
      maxRetriesPerRequest: null,
      enableOfflineQueue: false,
    };
    return { options, producers, close: () => Promise.resolve() };
  }
  setDefaultBackendFactory(createQueueBackend);
  await migrateQueue(config.databaseUrl.reveal());
  const pool = new pg.Pool({
    connectionString: config.databaseUrl.reveal(),
    max: poolMax,
    keepAlive: true,
    options: '-c search_path=bullmq -c synchronous_commit=off',
    application_name: 'koppel-queue',
  });
  pool.setMaxListeners(100);
  pool.on('error', () => undefined); // each Queue and Worker reports it; without a listener the process would end
  // So would a connection that is cut between two statements of a transaction; the second one then fails, and tells.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const options = pool as unknown as ConnectionOptions; // typed for Redis only
  return { options, producers: options, close: () => pool.end() };
}

/** Brings BullMQ's own schema up to date; waits for another process that does the same. */
export async function migrateQueue(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await runMigrations(client);
  } finally {
    await client.end();
  }
}
