import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { connect, inSystem, type Database } from '@koppel/persistence';
import {
  addTenant,
  addUser,
  saveMembership,
  saveTenantFeature,
  type MemberRole,
} from '@koppel/persistence/tenancy';
import { createTestDatabase } from '@koppel/persistence/testing';
import { pino } from 'pino';
import { readConfig, type Config } from '../config.js';
import { createApp } from '../create-app.js';
import { systemChance, type Chance } from '../deps.js';
import { hashPassword } from '../session/passwords.js';

export const password = 'a good password';
export const origin = 'http://127.0.0.1:4000';

export const testEnvironment = {
  DATABASE_URL: 'postgres://set-below',
  API_PORT: '4000',
  SESSION_SECRET: 'x'.repeat(32),
  ENCRYPTION_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 7).toString('base64') }),
  ENCRYPTION_KEY_ID: 'k1',
  EXACT_CLIENT_ID: 'test-client',
  EXACT_CLIENT_SECRET: 'test-secret',
  LOG_LEVEL: 'silent',
  WEB_DIR: '/nowhere',
};

/** The configuration of tests, with other values where a test is about them. */
export function aConfig(env: Readonly<Record<string, string>> = {}): Config {
  return readConfig({ ...testEnvironment, ...env });
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  /** Parsed JSON; the text when it is none. */
  readonly body: unknown;
}

export interface SendOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends requests as one person's browser would: with his cookie and our origin. */
export interface Client {
  send(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    options?: SendOptions,
  ): Promise<Answer>;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  put(path: string, body?: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  /** The cookie as it stands now, `name=value`; empty before sign-in. */
  cookie(): string;
}

export interface TestTenant {
  readonly id: TenantId;
  readonly admin: Client;
  readonly reviewer: Client;
  readonly viewer: Client;
  readonly emails: Readonly<Record<MemberRole, string>>;
}

export interface TestApi {
  readonly app: NestFastifyApplication;
  readonly database: Database;
  readonly databaseUrl: string;
  readonly chance: Chance;
  /** A tenant with the feature on and a signed-in person of each role. */
  tenant(options?: { readonly isFeatureEnabled?: boolean }): Promise<TestTenant>;
  /** A signed-in helpdesk employee, of no tenant. */
  operator(): Promise<Client>;
  /** A browser that has not signed in. */
  browser(): Client;
  signIn(email: string, headers?: Readonly<Record<string, string>>): Promise<Client>;
  close(): Promise<void>;
}

/** The real api on an own, empty, migrated database; requests are injected, nothing listens. */
export async function startTestApi(
  options: { env?: Record<string, string>; chance?: Chance } = {},
): Promise<TestApi> {
  const testDatabase = await createTestDatabase();
  const config = aConfig({ ...options.env, DATABASE_URL: testDatabase.url });
  const chance = options.chance ?? systemChance;
  const database = connect(testDatabase.url, { max: 5 });
  const app = await createApp({ config, database, chance, log: pino({ level: 'silent' }) });
  const passwordHash = await hashPassword(password);
  const browser = () => createClient(app);

  const addPerson = (name: string, isOperator: boolean) =>
    inSystem(database, async (tx) => {
      const id = chance.newId();
      const email = `${name}.${id}@example.test`;
      await addUser(tx, { id, email, name, passwordHash, locale: 'nl', isOperator, createdAt: chance.now() });
      return { id, email };
    });

  const signIn = async (email: string, headers: Readonly<Record<string, string>> = {}) => {
    const client = browser();
    const answer = await client.send('POST', '/v1/session', { body: { email, password }, headers });
    if (answer.status !== 200) throw new Error(`sign-in of ${email} answered ${answer.status}`);
    return client;
  };

  const tenant = async ({ isFeatureEnabled = true } = {}): Promise<TestTenant> => {
    const id = asId<TenantId>(chance.newId());
    await inSystem(database, async (tx) => {
      await addTenant(tx, { id, name: `Tenant ${id.slice(-4)}`, createdAt: chance.now() });
      if (isFeatureEnabled) await saveTenantFeature(tx, id, { at: chance.now(), by: 'test' });
    });
    const join = async (role: MemberRole) => {
      const person = await addPerson(role, false);
      await inSystem(database, (tx) => saveMembership(tx, { tenantId: id, userId: person.id, role }));
      return person.email;
    };
    const emails = {
      admin: await join('admin'),
      reviewer: await join('reviewer'),
      viewer: await join('viewer'),
    };
    return {
      id,
      emails,
      admin: await signIn(emails.admin),
      reviewer: await signIn(emails.reviewer),
      viewer: await signIn(emails.viewer),
    };
  };

  return {
    app,
    database,
    databaseUrl: testDatabase.url,
    chance,
    tenant,
    operator: async () => signIn((await addPerson('helpdesk', true)).email),
    browser,
    signIn,
    close: async () => {
      await app.close();
      await testDatabase.drop();
    },
  };
}

function createClient(app: NestFastifyApplication): Client {
  let cookie = '';
  const send: Client['send'] = async (method, path, options = {}) => {
    const answer = await app.inject({
      method,
      url: path,
      headers: { origin, host: '127.0.0.1:4000', ...(cookie === '' ? {} : { cookie }), ...options.headers },
      ...(options.body === undefined ? {} : { payload: options.body as object }),
    });
    for (const one of answer.cookies)
      cookie = one.value === '' ? '' : `${one.name}=${encodeURIComponent(one.value)}`;
    return { status: answer.statusCode, headers: answer.headers, body: parsed(answer.body) };
  };
  return {
    send,
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, { body }),
    put: (path, body) => send('PUT', path, { body }),
    delete: (path) => send('DELETE', path),
    cookie: () => cookie,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
