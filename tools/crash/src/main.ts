import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { distinctPoints } from './distinct-points.js';
import { chosenOf, numberOption, OptionError, optionsOrExit } from './options.js';
import { openOwnPostgres } from './own-postgres.js';
import { judge } from './judge.js';
import { scenarioNames, type ScenarioName } from './scenario-names.js';
import { prepareStage, type Surroundings } from './stage.js';
import { runConnectionTrial } from './connection-trial.js';
import { runTrial, type TrialEnd } from './trial.js';
import { Victims } from './victims.js';

const everyMax = 100_000;
/** Two days. */
const minutesMax = 2_880;
const { chosen, every, isCutting, isDistinct, minutes } = optionsOrExit(readOptions);
const endsAt = performance.now() + minutes * 60_000;
const postgres = await openOwnPostgres();
const victims = new Victims(path.join(postgres.folder, 'compiled'));
const surroundings: Surroundings = {
  databases: postgres.databases,
  folder: postgres.folder,
  encryptionKey: randomBytes(32).toString('base64'),
};
let failures = 0;
try {
  for (const scenario of chosen) failures += await runScenario(scenario);
} finally {
  victims.close();
  await postgres.close();
}
process.exit(failures === 0 ? 0 : 1);

/** Every point of one scenario, one after another; says how many did not end as the undisturbed run. */
async function runScenario(scenario: ScenarioName): Promise<number> {
  const at = performance.now();
  const stage = await prepareStage(scenario, surroundings);
  const trying = { ...surroundings, stage, victims };
  const tryAt = (point: number | undefined): Promise<TrialEnd> =>
    isCutting ? runConnectionTrial(trying, point) : runTrial(trying, point);
  const undisturbed = await tryAt(undefined);
  const [whole] = undisturbed.ends;
  if (whole?.kind !== 'lived')
    throw new Error(`${scenario} does not work undisturbed: ${JSON.stringify(whole)}`);
  const problems = judge(undisturbed, await tryAt(undefined));
  if (problems.length > 0)
    throw new Error(`${scenario} does not end the same twice:\n${problems.join('\n')}`);
  const all = isDistinct ? distinctPoints(whole.points) : whole.points.map((_, index) => index + 1);
  const numbers = all.filter((_, index) => index % every === 0);
  const { length } = whole.points;
  console.log(`  ${scenario}: ${length} points, ${numbers.length} to try, staged in ${secondsSince(at)} s`);
  let failed = 0;
  let tried = 0;
  for (const point of numbers) {
    if (performance.now() > endsAt) break;
    tried += 1;
    const wrong = judge(undisturbed, await tryAt(point));
    if (wrong.length === 0) continue;
    failed += 1;
    console.log(
      `✗ ${scenario}, ${isCutting ? 'cut' : 'killed'} at ${point} of ${whole.points.length}, before ${whole.points[point - 1]}`,
    );
    for (const line of wrong) console.log(`    ${line}`);
  }
  const left = numbers.length - tried;
  const survived = `${tried - failed} of ${tried} survived, ${length} points`;
  const untried = left > 0 ? `, ${left} not tried: the time was up` : '';
  console.log(`${failed === 0 ? '✓' : '✗'} ${scenario}: ${survived}${untried} (${secondsSince(at)} s)`);
  return failed;
}

function secondsSince(at: number): number {
  return Math.round((performance.now() - at) / 1_000);
}

/** Queries have no names that tell what lasts. */
function distinctOf({
  distinct,
  connections,
}: {
  readonly distinct: boolean;
  readonly connections: boolean;
}): boolean {
  if (distinct && connections) throw new OptionError('--distinct: not with --connections');
  return distinct;
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      scenario: { type: 'string', multiple: true },
      every: { type: 'string', default: '1' },
      connections: { type: 'boolean', default: false },
      distinct: { type: 'boolean', default: false },
      minutes: { type: 'string', default: String(minutesMax) },
    },
  });
  return {
    chosen: chosenOf('scenario', scenarioNames, values.scenario),
    every: numberOption('every', values.every, { min: 1, max: everyMax }),
    isCutting: values.connections,
    isDistinct: distinctOf(values),
    minutes: numberOption('minutes', values.minutes, { min: 1, max: minutesMax }),
  };
}
