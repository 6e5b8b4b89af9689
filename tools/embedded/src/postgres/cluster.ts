import { postgresMallocEnv } from '../memory-habits.js';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isAlive } from '../processes.js';
import type { RunAs } from './run-as.js';

/** The environment PostgreSQL's programs run in: English messages (we read them) and UTC. */
export const postgresEnvironment = (): NodeJS.ProcessEnv => ({
  ...postgresMallocEnv,
  ...process.env,
  LC_ALL: 'C',
  TZ: 'UTC',
});

const passwordFile = (dataDir: string): string => path.join(dataDir, 'koppel.password');

/** The superuser's password of a data folder that `createCluster` made. */
export async function passwordOf(dataDir: string): Promise<string> {
  const text = await readFile(passwordFile(dataDir), 'utf8').catch((cause: unknown) => {
    throw new Error(`${dataDir} holds a PostgreSQL that Koppel did not make (no koppel.password in it)`, {
      cause,
    });
  });
  return text.trim();
}

/** Makes a data folder unless there is one. An interrupted run leaves nothing: the folder appears whole, by a rename. */
export async function createCluster(initdb: string, dataDir: string, who: RunAs): Promise<void> {
  if (who.owner) await letPass(path.dirname(dataDir));
  if (existsSync(path.join(dataDir, 'PG_VERSION'))) return;
  await removeAbandonedDrafts(dataDir);
  const draft = await mkdtemp(`${dataDir}.init-${process.pid}-`);
  try {
    await fillDraft(initdb, draft, who);
    await rename(draft, dataDir);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Somebody else finished the same folder first: theirs is as good.
    if (!existsSync(path.join(dataDir, 'PG_VERSION'))) throw error;
  }
}

/** Another user's server must get through to its own folder; it can still list and read nothing on the way. */
async function letPass(folder: string): Promise<void> {
  const { mode } = await stat(folder);
  await chmod(folder, mode | 0o011);
}

async function removeAbandonedDrafts(dataDir: string): Promise<void> {
  const prefix = `${path.basename(dataDir)}.init-`;
  for (const name of await readdir(path.dirname(dataDir))) {
    if (!name.startsWith(prefix) || isAlive(Number.parseInt(name.slice(prefix.length), 10))) continue;
    await rm(path.join(path.dirname(dataDir), name), { recursive: true, force: true });
  }
}

async function fillDraft(initdb: string, draft: string, who: RunAs): Promise<void> {
  const password = randomBytes(18).toString('hex');
  const handover = `${draft}.password`;
  await writeFile(handover, password, { mode: 0o600 });
  try {
    if (who.owner)
      await Promise.all(
        [draft, handover].map((file) => chown(file, who.owner?.uid ?? 0, who.owner?.gid ?? 0)),
      );
    await runInitdb([...who.prefix, initdb, '-D', draft, `--pwfile=${handover}`]);
  } finally {
    await rm(handover, { force: true });
  }
  await writeFile(passwordFile(draft), password, { mode: 0o600 });
}

/** ICU gives Dutch sort order; a build without it falls back to the built-in provider (code point order). */
async function runInitdb(command: readonly string[]): Promise<void> {
  const basics = [
    '-U',
    'postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-sync',
    '--no-instructions',
  ];
  const locale = process.platform === 'darwin' ? '--locale=en_US.UTF-8' : '--locale=C.UTF-8';
  const providers = [
    ['--locale-provider=icu', '--icu-locale=nl-NL'],
    ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ];
  let complaint = '';
  for (const provider of providers) {
    const [program = '', ...args] = [...command, ...basics, locale, ...provider];
    complaint = await complaintOf(program, args);
    if (complaint === '') return;
    if (!/icu/i.test(complaint)) break;
  }
  throw new Error(`initdb failed: ${complaint}`);
}

/** What a program had to say when it failed; empty when it did not. Beside it the product's other parts start. */
async function complaintOf(program: string, args: readonly string[]): Promise<string> {
  const child = spawn(program, args, {
    cwd: '/',
    env: postgresEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    return code === 0 ? '' : said.trim() || `it ended with ${signal ?? code}`;
  } catch (error) {
    return (error as Error).message;
  }
}
