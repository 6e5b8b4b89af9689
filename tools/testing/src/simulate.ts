import { existsSync, readFileSync } from 'node:fs';
import fc, { type IAsyncProperty } from 'fast-check';
import { z } from 'zod';

/** A run that failed once: the seed, and which of the cases that the seed draws. */
const regressions = z.array(z.strictObject({ seed: z.int(), run: z.int().nonnegative() }));

export interface SimulateOptions {
  /** A JSON file of the runs that failed once, beside the spec; each is run first. It may be missing: nothing has failed yet then. */
  readonly file: string;
  /** How many new cases are drawn. */
  readonly runs: number;
}

/** Runs a simulation: what failed once, then cases by a new seed. When one of these fails, the error holds the line to add to the file. */
export async function simulate<T>(
  property: IAsyncProperty<T>,
  { file, runs }: SimulateOptions,
): Promise<void> {
  for (const { seed, run } of readRegressions(file))
    await fc.assert(property, { seed, path: String(run), numRuns: 1 });
  const outcome = await fc.check(property, { numRuns: runs });
  if (!outcome.failed) return;
  const run = Number(outcome.counterexamplePath?.split(':')[0] ?? 0);
  const line = JSON.stringify({ seed: outcome.seed, run });
  const cause = outcome.errorInstance;
  throw new Error(`To run it first from now on, add to ${file}: ${line}\n${report(outcome)}`, { cause });
}

function readRegressions(file: string): z.infer<typeof regressions> {
  return existsSync(file) ? regressions.parse(JSON.parse(readFileSync(file, 'utf8'))) : [];
}

function report<T>(outcome: fc.RunDetails<T>): string {
  return fc.defaultReportMessage(outcome) ?? '';
}
