import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ProductOptions } from '../product.js';
import type { SandboxFlags } from '../product/exact.js';
import { root } from '../product/paths.js';

/** What `npm start` reads from its environment. */
export interface StartSettings extends Pick<ProductOptions, 'databaseUrl' | 'redisUrl'> {
  readonly dataDir: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly sandbox: SandboxFlags | false;
}

/** Countries with an Exact Online of their own (exact-client knows their addresses). */
const regions = ['nl', 'be', 'de', 'uk', 'fr', 'es', 'com'];
const realExact = ['EXACT_REGION', 'EXACT_CLIENT_ID', 'EXACT_CLIENT_SECRET'] as const;

/** Reads the settings; throws, naming the variable and never its value, when one is wrong or half of a set is missing. */
export function readStartSettings(env: NodeJS.ProcessEnv): StartSettings {
  const given = realExact.filter((name) => env[name]);
  const missing = realExact.filter((name) => !env[name]);
  if (given.length > 0 && missing.length > 0)
    throw new Error(
      `${given.join(', ')} without ${missing.join(', ')}: set all three for the real Exact Online, or none for the sandbox`,
    );
  const region = env['EXACT_REGION'];
  if (region && !regions.includes(region)) throw new Error(`EXACT_REGION is none of ${regions.join(', ')}`);
  const dataDir = path.resolve(root, env['KOPPEL_DATA_DIR'] || '.data');
  return {
    dataDir,
    port: readPort(env['PORT']),
    // The next start must find its coupling alive: tokens and records on both sides belong together.
    sandbox: given.length > 0 ? false : { state: path.join(dataDir, 'sandbox.jsonl') },
    ...readServerUrls(env),
  };
}

/** A given PostgreSQL (its address, or `DATABASE_URL_FILE` that holds it) and a given Redis; throws, naming the variable and never its value, when one is no such address. */
export function readServerUrls(env: NodeJS.ProcessEnv): Pick<ProductOptions, 'databaseUrl' | 'redisUrl'> {
  const database = env['DATABASE_URL'] || readSecretFile('DATABASE_URL_FILE', env);
  return {
    ...(database && { databaseUrl: readUrl('DATABASE_URL', database, ['postgres:', 'postgresql:']) }),
    ...(env['REDIS_URL'] && { redisUrl: readUrl('REDIS_URL', env['REDIS_URL'], ['redis:', 'rediss:']) }),
  };
}

function readSecretFile(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const file = env[name];
  if (!file) return undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new Error(`the file of ${name} cannot be read`, { cause });
  }
}

function readPort(text: string | undefined): number {
  const port = Number(text || '4000');
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error('PORT is no whole number from 0 to 65535');
  return port;
}

function readUrl(name: string, text: string, protocols: readonly string[]): string {
  const isFine = URL.canParse(text) && protocols.includes(new URL(text).protocol);
  if (!isFine) throw new Error(`${name} is no address that starts with ${protocols[0]}//`);
  return text;
}
