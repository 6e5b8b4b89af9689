import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { testEnvironment } from './test-api.js';

const main = path.resolve(import.meta.dirname, '../../dist/main.js');

/** Set when the api was not built: there is no process to start then. */
export const notBuilt = !existsSync(main);

export interface ApiProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** What it wrote, log lines and all. */
  output(): string;
}

export interface StartingApi extends Pick<ApiProcess, 'child' | 'output'> {
  /** Where it listens, once it does; an error when it ends before. */
  readonly listening: Promise<string>;
}

/** The built api as a process of its own that has just begun, with demo users, on a free port. End it by `child.kill()`. */
export function aStartingApi(databaseUrl: string): StartingApi {
  const env = {
    ...testEnvironment,
    DATABASE_URL: databaseUrl,
    API_PORT: '0',
    SEED_DEMO: '1',
    LOG_LEVEL: 'warn',
  };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`the api ended: ${output}`)));
  ended.catch(() => undefined); // it ends in every test; only an end before it listens is a failure
  const said = once(child, 'message') as Promise<[{ url: string }]>;
  const listening = Promise.race([said, ended]).then(([message]) => message.url);
  listening.catch(() => undefined); // whoever waits for it is told
  return { child, output: () => output, listening };
}

/** The same once it listens. */
export async function anApiProcess(databaseUrl: string): Promise<ApiProcess> {
  const { listening, ...api } = aStartingApi(databaseUrl);
  return { ...api, url: await listening };
}
