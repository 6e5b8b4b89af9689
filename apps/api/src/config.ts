import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Secret } from './secret.js';

const regions = ['nl', 'be', 'de', 'uk', 'fr', 'es', 'com'] as const;
export type Region = (typeof regions)[number];

/** What the api is told by its surroundings. Frozen; secrets print as `***`. */
export interface Config {
  readonly databaseUrl: Secret;
  readonly port: number;
  /** The address to listen on; the loopback unless a container or a proxy on another machine must get in. */
  readonly host: string;
  /** Addresses and ranges of proxies whose `X-Forwarded-*` is believed, when the public address is https. */
  readonly trustedProxies: readonly string[];
  /** The built portal; left out when only the API is served. */
  readonly webDir: string;
  /** Where people's browsers find the portal, without a trailing slash. */
  readonly publicUrl: string;
  /** Whether webhooks of ours may go to the machine's own loopback, by http too: for trying things out. */
  readonly isLoopbackAllowed: boolean;
  readonly instanceId: string;
  readonly logLevel: LogLevel;
  /** Where `GET /metrics` is served, for the operator's network only; undefined: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  readonly seed: 'none' | 'demo' | 'single';
  readonly sessionSecret: Secret;
  readonly encryption: { readonly currentKeyId: string; readonly keys: Readonly<Record<string, Secret>> };
  readonly exact: ExactConfig;
}

export interface ExactConfig {
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly webhookSecret: Secret | undefined;
  readonly redirectUri: string;
  /** Sites that replace Exact's own; with any of them set, the other countries are not offered. */
  readonly baseUrls: Readonly<Partial<Record<Region, string>>>;
  /** The one country that the app is registered in; any when absent. */
  readonly region: Region | undefined;
}

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';

/** Names what is missing or wrong, never its value. */
export class ConfigError extends Error {
  constructor(readonly variables: readonly string[]) {
    super(`missing or wrong in the environment: ${variables.join(', ')}`);
  }
}

const secret = (min: number) =>
  z
    .string()
    .min(min)
    .transform((text) => new Secret(text));
const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));
const port = z.coerce.number().int().min(0).max(65_535);
const proxies = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.union([z.literal('loopback'), z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).min(1));
const key = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').length === 32)
  .transform((text) => new Secret(text));
const keyRing = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'not JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string().min(1), key));

const environment = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .transform((text) => new Secret(text)),
  API_PORT: port.default(4000),
  API_HOST: z.union([z.ipv4(), z.ipv6()]).default('127.0.0.1'),
  TRUSTED_PROXIES: proxies.default(['loopback']),
  WEB_DIR: z.string().min(1).optional(),
  PUBLIC_URL: url.optional(),
  WEBHOOKS_TO_LOOPBACK: z.enum(['on', 'off']).default('off'),
  INSTANCE_ID: z.string().max(100).default('api'),
  METRICS_PORT: port.optional(),
  METRICS_HOST: z.union([z.ipv4(), z.ipv6()]).default('127.0.0.1'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  SEED_DEMO: z.enum(['0', '1', 'single']).default('0'),
  SESSION_SECRET: secret(32),
  ENCRYPTION_KEYS: keyRing,
  ENCRYPTION_KEY_ID: z.string().min(1),
  EXACT_REGION: z.enum(regions).optional(),
  EXACT_CLIENT_ID: z.string().min(1),
  EXACT_CLIENT_SECRET: secret(1),
  EXACT_WEBHOOK_SECRET: secret(1).optional(),
  EXACT_REDIRECT_URI: url.optional(),
  EXACT_BASE_URL_NL: url.optional(),
  EXACT_BASE_URL_BE: url.optional(),
  EXACT_BASE_URL_DE: url.optional(),
  EXACT_BASE_URL_UK: url.optional(),
  EXACT_BASE_URL_FR: url.optional(),
  EXACT_BASE_URL_ES: url.optional(),
  EXACT_BASE_URL_COM: url.optional(),
});

const seeds = { '0': 'none', '1': 'demo', single: 'single' } as const;
const secretNames = [
  'DATABASE_URL',
  'SESSION_SECRET',
  'ENCRYPTION_KEYS',
  'EXACT_CLIENT_SECRET',
  'EXACT_WEBHOOK_SECRET',
];

/** Reads the environment once. Secrets may also come from files: `SESSION_SECRET_FILE`. Throws ConfigError. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const parsed = environment.safeParse(withoutEmpty(withFiles(env)));
  if (!parsed.success)
    throw new ConfigError([...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))]);
  const values = parsed.data;
  if (values.ENCRYPTION_KEYS[values.ENCRYPTION_KEY_ID] === undefined)
    throw new ConfigError(['ENCRYPTION_KEY_ID']);
  const publicUrl = values.PUBLIC_URL ?? `http://127.0.0.1:${values.API_PORT}`;
  return Object.freeze({
    databaseUrl: values.DATABASE_URL,
    port: values.API_PORT,
    host: values.API_HOST,
    trustedProxies: values.TRUSTED_PROXIES,
    webDir: values.WEB_DIR ?? path.resolve(import.meta.dirname, '../../web/dist/browser'),
    publicUrl,
    isLoopbackAllowed: values.WEBHOOKS_TO_LOOPBACK === 'on',
    instanceId: values.INSTANCE_ID,
    logLevel: values.LOG_LEVEL,
    metrics:
      values.METRICS_PORT === undefined
        ? undefined
        : { host: values.METRICS_HOST, port: values.METRICS_PORT },
    seed: seeds[values.SEED_DEMO],
    sessionSecret: values.SESSION_SECRET,
    encryption: { currentKeyId: values.ENCRYPTION_KEY_ID, keys: values.ENCRYPTION_KEYS },
    exact: toExact(values, publicUrl),
  });
}

function toExact(values: z.output<typeof environment>, publicUrl: string): ExactConfig {
  const baseUrls: Partial<Record<Region, string>> = {};
  for (const region of regions) {
    const baseUrl = values[`EXACT_BASE_URL_${region.toUpperCase() as Uppercase<Region>}`];
    if (baseUrl !== undefined) baseUrls[region] = baseUrl;
  }
  return {
    clientId: values.EXACT_CLIENT_ID,
    clientSecret: values.EXACT_CLIENT_SECRET,
    webhookSecret: values.EXACT_WEBHOOK_SECRET,
    redirectUri: values.EXACT_REDIRECT_URI ?? `${publicUrl}/oauth/callback`,
    baseUrls,
    region: values.EXACT_REGION,
  };
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
