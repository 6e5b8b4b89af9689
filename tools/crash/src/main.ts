import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Crew } from './crew.js';
import { chosenOf, numberOption, OptionError, optionsOrExit } from './options.js';
import { openOwnPostgres } from './own-postgres.js';
import { runScenario, type Outcome } from './run-scenario.js';
import { scenarioNames } from './scenario-names.js';

const everyMax = 100_000;
/** Two days. */
const minutesMax = 2_880;
const besideMax = 16;
const { chosen, minutes, beside, ...how } = optionsOrExit(readOptions);
const endsAt = performance.now() + minutes * 60_000;
const postgres = await openOwnPostgres();
const { databases, folder, serverUrl } = postgres;
const crew = new Crew(beside, path.join(folder, 'compiled'));
const surroundings = { databases, folder, encryptionKey: randomBytes(32).toString('base64') };
const outcomes: Outcome[] = [];
try {
  for (const scenario of chosen) {
    const outcome = await runScenario(scenario, { crew, surroundings, serverUrl }, { ...how, endsAt });
    outcomes.push(outcome);
    tellOutcome(scenario, outcome);
  }
} finally {
  await crew.close();
  await postgres.close();
}
const sum = (count: keyof Outcome): number => outcomes.reduce((total, outcome) => total + outcome[count], 0);
const total: Outcome = {
  ...{ points: sum('points'), toTry: sum('toTry'), tried: sum('tried') },
  ...{ killed: sum('killed'), survived: sum('survived'), seconds: sum('seconds') },
};
if (outcomes.length > 1) tellOutcome('all', total);
process.exit(total.tried === total.survived ? 0 : 1);

function tellOutcome(name: string, { points, toTry, tried, killed, survived, seconds }: Outcome): void {
  const untried = toTry > tried ? `, ${toTry - tried} not tried: the time was up` : '';
  const processes = killed > 0 ? `, ${killed} by SIGKILL` : '';
  console.log(
    `${tried === survived ? '✓' : '✗'} ${name}: ${survived} of ${tried} survived${processes}, ${points} points${untried} (${seconds} s)`,
  );
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
      beside: { type: 'string', default: '2' },
    },
  });
  return {
    chosen: chosenOf('scenario', scenarioNames, values.scenario),
    every: numberOption('every', values.every, { min: 1, max: everyMax }),
    isCutting: values.connections,
    isDistinct: distinctOf(values),
    minutes: numberOption('minutes', values.minutes, { min: 1, max: minutesMax }),
    beside: numberOption('beside', values.beside, { min: 1, max: besideMax }),
  };
}
