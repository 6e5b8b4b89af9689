import { readFileSync } from 'node:fs';
import { atOnceByDefault } from '@koppel/domain/relations';
import { z } from 'zod';
import { Secret } from './secret.js';

const regions = ['nl', 'be', 'de', 'uk', 'fr', 'es', 'com'] as const;
type Region = (typeof regions)[number];

/** Milliseconds, and how much is done at once. Specs and benchmarks change them by WORKER_TIMINGS. */
export interface Timings {
  /** How often the outbox is looked at when it was empty. */
  readonly relayEveryMs: number;
  readonly sweepEveryMs: number;
  /** Work that is due this long is taken for forgotten. */
  readonly sweepGraceMs: number;
  readonly leaseRenewEveryMs: number;
  /** A step hands itself back after this long, so that others get their turn. */
  readonly sliceMs: number;
  readonly pagesMax: number;
  /** Administrations fetched at the same time by one process, for first couplings and additions. */
  readonly fetchConcurrency: number;
  /** The same for resyncs. */
  readonly refetchConcurrency: number;
  readonly writeConcurrency: number;
  /** Lists of administrations, subscriptions, notices and schedules: one that Exact lets wait must not hold up all others. */
  readonly upkeepConcurrency: number;
  /** Accounts of one tenant that are compared at once, 1.5 kB of memory each: up to so many all, of more than that half as many. */
  readonly compareAtOnce: number;
  /** How often due resyncs are looked for. */
  readonly resyncEveryMs: number;
  /** How often lists of administrations are asked for again, and idle connections kept alive. */
  readonly dailyEveryMs: number;
  /** How fast the clock of the Exact we talk to runs; other than 1 only against a sandbox. */
  readonly exactClockScale: number;
  readonly stopWithinMs: number;
}

/** What the worker is told by its surroundings. Frozen; secrets print as `***`. */
export interface Config {
  readonly databaseUrl: Secret;
  /** Moves the queue from Postgres to Redis, which must keep what it is given: appendonly yes, maxmemory-policy noeviction. */
  readonly redisUrl: Secret | undefined;
  /** Where Exact finds our api, without a trailing slash; undefined: it cannot. */
  readonly publicUrl: string | undefined;
  /** `off`: no subscriptions at Exact; the schedule fetches alone. */
  readonly webhooks: 'on' | 'off';
  /** Whether webhooks of ours may go to the machine's own loopback, by http too: for trying things out. */
  readonly isLoopbackAllowed: boolean;
  readonly instanceId: string;
  readonly logLevel: LogLevel;
  /** Where `GET /metrics` is served, for the operator's network only; undefined: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  readonly encryption: { readonly currentKeyId: string; readonly keys: Readonly<Record<string, Secret>> };
  readonly exact: ExactConfig;
  readonly timings: Timings;
}

export interface ExactConfig {
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** Sites that replace Exact's own. */
  readonly baseUrls: Readonly<Partial<Record<Region, string>>>;
}

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';

/** Names what is missing or wrong, never its value. */
export class ConfigError extends Error {
  constructor(readonly variables: readonly string[]) {
    super(`missing or wrong in the environment: ${variables.join(', ')}`);
  }
}

const secret = z
  .string()
  .min(1)
  .transform((text) => new Secret(text));
const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));
const key = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').length === 32)
  .transform((text) => new Secret(text));
const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' });
    return z.NEVER;
  }
});
const ms = (otherwise: number, min = 10) => z.number().int().min(min).default(otherwise);

const timings = z.strictObject({
  relayEveryMs: ms(250),
  sweepEveryMs: ms(3_000),
  sweepGraceMs: ms(5_000),
  leaseRenewEveryMs: ms(2_000),
  sliceMs: ms(20_000),
  pagesMax: ms(50, 1),
  fetchConcurrency: ms(4, 1),
  refetchConcurrency: ms(3, 1),
  writeConcurrency: ms(4, 1),
  upkeepConcurrency: ms(3, 1),
  compareAtOnce: ms(atOnceByDefault.allUpTo, 1),
  resyncEveryMs: ms(60_000),
  dailyEveryMs: ms(24 * 3_600_000),
  exactClockScale: z.number().min(1).max(10_000).default(1),
  stopWithinMs: ms(8_000),
});

const environment = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .transform((text) => new Secret(text)),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//)
    .transform((text) => new Secret(text))
    .optional(),
  PUBLIC_URL: url.optional(),
  EXACT_WEBHOOKS: z.enum(['on', 'off']).default('on'),
  WEBHOOKS_TO_LOOPBACK: z.enum(['on', 'off']).default('off'),
  INSTANCE_ID: z.string().max(100).default('worker'),
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  METRICS_HOST: z.union([z.ipv4(), z.ipv6()]).default('127.0.0.1'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  ENCRYPTION_KEYS: json.pipe(z.record(z.string().min(1), key)),
  ENCRYPTION_KEY_ID: z.string().min(1),
  EXACT_CLIENT_ID: z.string().min(1),
  EXACT_CLIENT_SECRET: secret,
  WORKER_TIMINGS: json.pipe(timings).default(timings.parse({})),
  EXACT_BASE_URL_NL: url.optional(),
  EXACT_BASE_URL_BE: url.optional(),
  EXACT_BASE_URL_DE: url.optional(),
  EXACT_BASE_URL_UK: url.optional(),
  EXACT_BASE_URL_FR: url.optional(),
  EXACT_BASE_URL_ES: url.optional(),
  EXACT_BASE_URL_COM: url.optional(),
});

const secretNames = ['DATABASE_URL', 'REDIS_URL', 'ENCRYPTION_KEYS', 'EXACT_CLIENT_SECRET'];

/** Reads the environment once. Secrets may also come from files: `DATABASE_URL_FILE`. Throws ConfigError. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const parsed = environment.safeParse(withoutEmpty(withFiles(env)));
  if (!parsed.success)
    throw new ConfigError([...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))]);
  const values = parsed.data;
  if (values.ENCRYPTION_KEYS[values.ENCRYPTION_KEY_ID] === undefined)
    throw new ConfigError(['ENCRYPTION_KEY_ID']);
  return Object.freeze({
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    publicUrl: values.PUBLIC_URL,
    webhooks: values.EXACT_WEBHOOKS,
    isLoopbackAllowed: values.WEBHOOKS_TO_LOOPBACK === 'on',
    instanceId: values.INSTANCE_ID,
    logLevel: values.LOG_LEVEL,
    metrics:
      values.METRICS_PORT === undefined
        ? undefined
        : { host: values.METRICS_HOST, port: values.METRICS_PORT },
    encryption: { currentKeyId: values.ENCRYPTION_KEY_ID, keys: values.ENCRYPTION_KEYS },
    exact: {
      clientId: values.EXACT_CLIENT_ID,
      clientSecret: values.EXACT_CLIENT_SECRET,
      baseUrls: baseUrls(values),
    },
    timings: Object.freeze(values.WORKER_TIMINGS),
  });
}

function baseUrls(values: z.output<typeof environment>): Partial<Record<Region, string>> {
  const urls: Partial<Record<Region, string>> = {};
  for (const region of regions) {
    const baseUrl = values[`EXACT_BASE_URL_${region.toUpperCase() as Uppercase<Region>}`];
    if (baseUrl !== undefined) urls[region] = baseUrl;
  }
  return urls;
}

type Environment = Readonly<Record<string, string | undefined>>;

function withFiles(env: Environment): Environment {
  const values = { ...env };
  for (const name of secretNames) {
    const file = env[`${name}_FILE`];
    if (values[name] !== undefined || file === undefined) continue;
    try {
      values[name] = readFileSync(file, 'utf8').trim();
    } catch {
      throw new ConfigError([`${name}_FILE`]);
    }
  }
  return values;
}

/** Compose files and shells hand over unset variables as empty texts. */
function withoutEmpty(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}
