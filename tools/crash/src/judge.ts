import type { Counters } from '@koppel/exact-sandbox';
import type { Scene } from './scene.js';
import type { ScenarioName } from './scenario-names.js';
import type { TrialEnd } from './trial.js';

const linesMax = 6;

/**
 * Scenarios in which one job's writes to Exact and another job's fetch have nothing to do with each other, so that either may come first: after
 * a death the sweeper decides. What a fetch met of the writes is then no fact to compare: how many records it brought and, until the next
 * resync has fetched the rest, where its cursor ended.
 */
const inAnyOrder: ReadonlySet<ScenarioName> = new Set(['write-back']);

interface LeftOut {
  readonly scene: readonly string[];
  readonly settled: readonly string[];
}

/** Kinds of facts. Row versions tell in which order Exact was written to; what lies beyond a cursor, `unfetched`, is compared. */
function leftOutOf(scenario: ScenarioName): LeftOut {
  if (inAnyOrder.has(scenario))
    return { scene: ['brought', 'cursor', 'unfetched'], settled: ['brought', 'cursor'] };
  return { scene: [], settled: ['cursor'] };
}

/** What differs from the undisturbed trial, in words; empty when nothing was lost, doubled or asked more than once too often. */
export function judge(scenario: ScenarioName, undisturbed: TrialEnd, trial: TrialEnd): string[] {
  const last = trial.ends.at(-1);
  if (last?.kind !== 'lived')
    return [`the process that went on did not end well: ${last?.kind === 'failed' ? last.why : 'killed'}`];
  const leftOut = leftOutOf(scenario);
  const { scene: wanted, settled: wantedAfter } = undisturbed;
  const found = [
    ...compared('', without(leftOut.scene, wanted), without(leftOut.scene, trial.scene)),
    ...callsTooMany(wanted.journal, trial.scene.journal),
  ];
  if (!wantedAfter || !trial.settled) return found;
  const after = [without(leftOut.settled, wantedAfter), without(leftOut.settled, trial.settled)] as const;
  return [...found, ...compared('Settled, ', ...after)];
}

/** Without facts of the given kinds. */
function without(kinds: readonly string[], scene: Scene): Scene {
  const isOther = (line: string): boolean => !kinds.some((kind) => line.startsWith(`${kind} `));
  return { ...scene, koppel: scene.koppel.filter(isOther) };
}

function compared(when: string, wanted: Scene, found: Scene): string[] {
  return [
    ...differences(`${when}Koppel`, wanted.koppel, found.koppel),
    ...differences(`${when}Exact`, wanted.exact, found.exact),
    ...wrongCalls(when, wanted.journal, found.journal),
  ];
}

function differences(where: string, wanted: readonly string[], found: readonly string[]): string[] {
  const missing = surplusOf(wanted, found).map((line) => `${where} lacks: ${line}`);
  const surplus = surplusOf(found, wanted).map((line) => `${where} has besides: ${line}`);
  return [...missing.slice(0, linesMax), ...surplus.slice(0, linesMax)];
}

/** The lines of `all` that are not in `others`, as often as they are more often there. */
function surplusOf(all: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return all.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

/** The sandbox's own journal: every write once, no refused or early token, no limit passed (I2, I4, I5). */
function wrongCalls(when: string, wanted: Counters, found: Counters): string[] {
  const wrong: string[] = [];
  if (found.writes !== wanted.writes)
    wrong.push(`${when}Exact was written to ${found.writes} times, not ${wanted.writes}`);
  const none = [
    'secondRefreshTokenUses',
    'tooEarlyRefreshes',
    'tooManyPerMinute',
    'tooManyPerDay',
    'countedErrors',
  ] as const;
  for (const counter of none) if (found[counter] > 0) wrong.push(`${when}${counter}: ${found[counter]}`);
  return wrong;
}

/** No page more than once again. */
function callsTooMany(wanted: Counters, found: Counters): string[] {
  const again = found.calls - wanted.calls;
  return again > callsOfOnePage ? [`${again} calls more than undisturbed`] : [];
}

/** One page again, with the look-ups that belong to it: the count before it, and the proof at its end. */
const callsOfOnePage = 4;
