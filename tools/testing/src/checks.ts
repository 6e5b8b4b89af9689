import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Tally } from './tally.js';

/** The project's root folder. */
export const root = path.resolve(import.meta.dirname, '../../..');

/** A check that is not a spec; it counts as one test. */
export interface Check {
  readonly name: string;
  readonly run: () => Promise<CheckOutcome>;
}

export interface CheckOutcome {
  readonly isOk: boolean;
  readonly output: string;
  /** How long it took, when it ran before this runner. */
  readonly seconds?: number;
}

const tool = (script: string): string => path.join(root, 'node_modules', script);

/** Types of the specs and of the portal's templates; the other types are checked by the build that precedes every run. */
export const typesOfSpecs: Check = {
  name: 'types of the specs',
  run: () => runNode(tool('typescript/bin/tsc'), ['-p', 'tsconfig.spec.json']),
};

export const typesOfPortal: Check = {
  name: 'types of the portal',
  run: () => runNode(tool('@angular/compiler-cli/bundles/src/bin/ngc.js'), ['-p', portalConfig, '--noEmit']),
};

const portalConfig = path.join(root, 'apps/web/tsconfig.json');

/** Whether there is a portal whose types can be checked. */
export const hasPortal = (): boolean => existsSync(portalConfig);

export const lint: Check = {
  name: 'lint',
  run: () => runNode(tool('eslint/bin/eslint.js'), ['.', '--max-warnings', '0']),
};

export const format: Check = {
  name: 'format',
  run: () => runNode(tool('prettier/bin/prettier.cjs'), ['--check', '--log-level', 'warn', '.']),
};

/** Runs a check, prints a line for it and, when it fails, all it had to say. */
export async function runCheck({ name, run }: Check): Promise<Tally> {
  const startedAt = performance.now();
  const { isOk, output, seconds = (performance.now() - startedAt) / 1_000 } = await run();
  if (!isOk) console.log(output);
  console.log(`${isOk ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)`);
  return { passed: isOk ? 1 : 0, failed: isOk ? 0 : 1, skipped: [] };
}

function runNode(script: string, args: readonly string[]): Promise<CheckOutcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ isOk: code === 0, output: Buffer.concat(chunks).toString().trim() }),
    );
  });
}
