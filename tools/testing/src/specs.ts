import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './checks.js';
import { findRedis } from './redis.js';
import { tallyFileVariable } from './reporter.js';
import { emptyTally, type Tally } from './tally.js';

/** Runs the specs of the given Vitest projects (all when none is named), with a Redis where one can be had. */
export async function runSpecs(projects: readonly string[]): Promise<Tally> {
  const redis = await findRedis(process.env['TEST_REDIS_URL']);
  const folder = await mkdtemp(path.join(tmpdir(), 'koppel-tally-'));
  try {
    const tallyFile = path.join(folder, 'tally.json');
    const env = {
      ...process.env,
      [tallyFileVariable]: tallyFile,
      ...(redis && { TEST_REDIS_URL: redis.url }),
    };
    const code = await runVitest(projects, env);
    return withExitCode(code, readTally(tallyFile));
  } finally {
    await redis?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function runVitest(projects: readonly string[], env: NodeJS.ProcessEnv): Promise<number | null> {
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const reporter = path.join(import.meta.dirname, 'reporter.js');
  const args = [
    'run',
    '--allowOnly=false',
    '--passWithNoTests',
    `--reporter=${reporter}`,
    ...projects.flatMap((name) => ['--project', name]),
  ];
  const child = spawn(process.execPath, [vitest, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

const readTally = (file: string): Tally | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Tally) : undefined;

/** A run that broke down before or after its specs is a failure too, also when every spec that ran passed. */
function withExitCode(code: number | null, tally: Tally | undefined): Tally {
  const known = tally ?? emptyTally;
  const isUnexplained = code !== 0 && known.failed === 0;
  if (isUnexplained) console.log(`✗ the test run ended with exit code ${code}`);
  return isUnexplained ? { ...known, failed: 1 } : known;
}
