import type { Crew } from './crew.js';
import type { CrewJob, Death } from './crew-job.js';
import { distinctPoints } from './distinct-points.js';
import { judge } from './judge.js';
import type { ScenarioName } from './scenario-names.js';
import { prepareStage, type Surroundings } from './stage.js';
import type { TrialEnd } from './trial.js';

export interface ScenarioOptions {
  readonly every: number;
  /** The connection to the database is lost, instead of the process. */
  readonly isCutting: boolean;
  readonly isDistinct: boolean;
  /** By `performance.now()`: no trial begins later. */
  readonly endsAt: number;
}

export interface Rig {
  readonly crew: Crew;
  readonly surroundings: Surroundings;
  readonly serverUrl: string;
}

export interface Outcome {
  readonly points: number;
  readonly toTry: number;
  readonly tried: number;
  readonly killed: number;
  readonly survived: number;
  readonly seconds: number;
}

interface Trials {
  readonly undisturbed: TrialEnd;
  readonly names: readonly string[];
  readonly numbers: readonly number[];
  /** Those at which a process of its own is killed. */
  readonly distinct: ReadonlySet<number>;
  readonly tryAt: (point: number | null, death: Death) => Promise<TrialEnd>;
}

/** A word after so many points: a scenario takes minutes. */
const triedPerLine = 100;

/** Every point of one scenario, as many at once as the crew is large; prints what did not end as the undisturbed run. */
export async function runScenario(
  scenario: ScenarioName,
  rig: Rig,
  options: ScenarioOptions,
): Promise<Outcome> {
  const at = performance.now();
  const trials = await prepareTrials(scenario, rig, options);
  const { names, numbers, distinct } = trials;
  console.log(
    `  ${scenario}: ${names.length} points, ${numbers.length} to try, staged in ${secondsSince(at)} s`,
  );
  const counts = { tried: 0, killed: 0, survived: 0 };
  const progress = (): void => {
    if (counts.tried % triedPerLine !== 0) return;
    console.log(`  ${scenario}: ${counts.tried} of ${numbers.length} tried, ${secondsSince(at)} s`);
  };
  const left = numbers.values();
  const tryOn = async (): Promise<void> => {
    for (const point of left) {
      if (performance.now() > options.endsAt) return;
      const death = options.isCutting ? 'connection' : distinct.has(point) ? 'kill' : 'cut-off';
      const wrong = judge(scenario, trials.undisturbed, await trials.tryAt(point, death));
      counts.tried += 1;
      if (death === 'kill') counts.killed += 1;
      if (wrong.length === 0) counts.survived += 1;
      else tell(`${scenario}, ${death} at ${point} of ${names.length}, before ${names[point - 1]}`, wrong);
      progress();
    }
  };
  await Promise.all(Array.from({ length: rig.crew.size }, tryOn));
  return { points: names.length, toTry: numbers.length, ...counts, seconds: secondsSince(at) };
}

async function prepareTrials(
  scenario: ScenarioName,
  { crew, surroundings, serverUrl }: Rig,
  { every, isCutting, isDistinct }: ScenarioOptions,
): Promise<Trials> {
  const stage = await prepareStage(scenario, surroundings);
  const { folder, encryptionKey } = surroundings;
  const job: Omit<CrewJob, 'death' | 'point'> = { surroundings: { folder, encryptionKey }, serverUrl, stage };
  const tryAt: Trials['tryAt'] = (point, death) => crew.try({ ...job, point, death });
  const death: Death = isCutting ? 'connection' : 'cut-off';
  const undisturbed = await tryAt(null, death);
  const [whole] = undisturbed.ends;
  if (whole?.kind !== 'lived')
    throw new Error(`${scenario} does not work undisturbed: ${JSON.stringify(whole)}`);
  const writes = undisturbed.scene.journal.writes;
  if (undisturbed.settled && undisturbed.settled.journal.writes !== writes)
    throw new Error(`${scenario} writes again when it is over: what it wrote was not known as its own`);
  for (const again of isCutting ? [death] : [death, 'kill' as const]) {
    const problems = judge(scenario, undisturbed, await tryAt(null, again));
    if (problems.length > 0)
      throw new Error(`${scenario} does not end the same twice:\n${problems.join('\n')}`);
  }
  const names = whole.points;
  // Queries have no names that tell what lasts.
  const distinct = isCutting ? [] : distinctPoints(names);
  const all = isDistinct ? distinct : names.map((_, index) => index + 1);
  return {
    ...{ undisturbed, names, tryAt },
    numbers: all.filter((_, index) => index % every === 0),
    distinct: new Set(distinct),
  };
}

function tell(where: string, wrong: readonly string[]): void {
  console.log(`✗ ${where}`);
  for (const line of wrong) console.log(`    ${line}`);
}

function secondsSince(at: number): number {
  return Math.round((performance.now() - at) / 1_000);
}
