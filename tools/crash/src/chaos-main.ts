import { parseArgs } from 'node:util';
import { runChaos } from './chaos/run-chaos.js';
import { numberOption, optionsOrExit } from './options.js';

const seedMax = 999_999;
const { minutes, seed, apis, workers, redis, isVerbose } = optionsOrExit(readOptions);
const shownAs = `npm run test:chaos -- --minutes ${minutes} --seed ${seed}${redis ? ` --redis ${redis}` : ''}`;
console.log(`  seed ${seed}: ${minutes} minutes, ${apis} apis, ${workers} workers`);
const startedAt = performance.now();
const seconds = (): string => ((performance.now() - startedAt) / 1_000).toFixed(1).padStart(7);
const { wrong, attacks, ...counts } = await runChaos({
  seed,
  apis,
  workers,
  divisions: 4,
  relations: 150,
  minuteLimit: 60,
  stormMs: minutes * 60_000,
  quietMs: 300_000,
  ...(redis === 'own' ? { hasOwnRedis: true } : { redisUrl: redis }),
  say: (line) => isVerbose && console.log(`${seconds()} s  ${line}`),
});
for (const [what, count] of Object.entries({ ...attacks, ...counts }))
  console.log(`  ${what.padEnd(18)} ${count}`);
for (const line of wrong) console.log(`✗ ${line}`);
console.log(`${wrong.length === 0 ? '✓' : '✗'} ${wrong.length} wrong, ${seconds().trim()} s`);
if (wrong.length > 0) console.log(`  again: ${shownAs}`);
process.exit(wrong.length === 0 ? 0 : 1);

function readOptions() {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '5' },
      seed: { type: 'string' },
      apis: { type: 'string', default: '2' },
      workers: { type: 'string', default: '2' },
      redis: { type: 'string' },
      verbose: { type: 'boolean', default: false },
    },
  });
  const herd = { min: 1, max: 16 };
  return {
    minutes: numberOption('minutes', values.minutes, { min: 0.1, max: 1_440, isFraction: true }),
    seed:
      values.seed === undefined
        ? Math.floor(Date.now() / 1_000) % seedMax
        : numberOption('seed', values.seed, { min: 0, max: seedMax }),
    apis: numberOption('apis', values.apis, herd),
    workers: numberOption('workers', values.workers, herd),
    redis: values.redis,
    isVerbose: values.verbose,
  };
}
