import {
  format,
  hasPortal,
  lint,
  runCheck,
  typesOfPortal,
  typesOfSpecs,
  type Check,
  type CheckOutcome,
} from './checks.js';
import { runSpecs } from './specs.js';
import { addTallies, tallyLines, type Tally } from './tally.js';

/** The outcome of a build step that the bootstrap ran already. */
export interface BuildOutcome extends CheckOutcome {
  readonly name: string;
}

/**
 * `all` runs everything; `check` runs what needs neither database nor browser. Prints as it goes and one closing line
 * `N passed, N failed`; resolves with the exit code.
 */
export async function runTests(mode: 'all' | 'check', builds: readonly BuildOutcome[]): Promise<0 | 1> {
  const built = await inTurn(
    builds.map((outcome) => ({ name: outcome.name, run: () => Promise.resolve(outcome) })),
  );
  const types = [typesOfSpecs, ...(mode === 'check' && hasPortal() ? [typesOfPortal] : []), format];
  // Lint takes about as long as the rest together, and there are two cores at least.
  const checked = await Promise.all([inTurn([lint]), inTurn(types)]);
  const specs = await runSpecs(mode === 'check' ? ['pure'] : []);
  const total = addTallies([built, ...checked, specs]);
  for (const line of tallyLines(total)) console.log(line);
  return total.failed === 0 ? 0 : 1;
}

async function inTurn(checks: readonly Check[]): Promise<Tally> {
  const tallies: Tally[] = [];
  for (const check of checks) tallies.push(await runCheck(check));
  return addTallies(tallies);
}
