import type { Counters } from '@koppel/exact-sandbox';
import type { TrialEnd } from './trial.js';

const linesMax = 6;

/** What differs from the undisturbed trial, in words; empty when nothing was lost, doubled or asked more than once too often. */
export function judge(undisturbed: TrialEnd, trial: TrialEnd): string[] {
  const last = trial.ends.at(-1);
  if (last?.kind !== 'lived')
    return [`the process that went on did not end well: ${last?.kind === 'failed' ? last.why : 'killed'}`];
  return [
    ...differences('Koppel', undisturbed.koppel, trial.koppel),
    ...differences('Exact', undisturbed.exact, trial.exact),
    ...callsOf(undisturbed.journal, trial.journal),
  ];
}

function differences(where: string, wanted: readonly string[], found: readonly string[]): string[] {
  const missing = without(wanted, found).map((line) => `${where} lacks: ${line}`);
  const surplus = without(found, wanted).map((line) => `${where} has besides: ${line}`);
  return [...missing.slice(0, linesMax), ...surplus.slice(0, linesMax)];
}

/** The lines of `all` that are not in `others`, as often as they are more often there. */
function without(all: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return all.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

/** The sandbox's own journal: every write once, no page more than once again, no refused or early token, no limit passed (I2, I4, I5). */
function callsOf(wanted: Counters, found: Counters): string[] {
  const wrong: string[] = [];
  if (found.writes !== wanted.writes)
    wrong.push(`Exact was written to ${found.writes} times, not ${wanted.writes}`);
  const none = [
    'secondRefreshTokenUses',
    'tooEarlyRefreshes',
    'tooManyPerMinute',
    'tooManyPerDay',
    'countedErrors',
  ] as const;
  for (const counter of none) if (found[counter] > 0) wrong.push(`${counter}: ${found[counter]}`);
  const again = found.calls - wanted.calls;
  if (again > callsOfOnePage) wrong.push(`${again} calls more than undisturbed`);
  return wrong;
}

/** One page again, with the look-ups that belong to it: the count before it, and the proof at its end. */
const callsOfOnePage = 4;
