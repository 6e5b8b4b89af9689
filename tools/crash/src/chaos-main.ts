import { parseArgs } from 'node:util';
import { runChaos } from './chaos/run-chaos.js';

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
const minutes = Number(values.minutes);
const seed = Number(values.seed ?? Math.floor(Date.now() / 1_000) % 1_000_000);
const [apis, workers] = [values.apis, values.workers].map(Number);
const shownAs = `npm run test:chaos -- --minutes ${minutes} --seed ${seed}${values.redis ? ` --redis ${values.redis}` : ''}`;
console.log(`  seed ${seed}: ${minutes} minutes, ${apis} apis, ${workers} workers`);
const startedAt = performance.now();
const seconds = (): string => ((performance.now() - startedAt) / 1_000).toFixed(1).padStart(7);
const { wrong, attacks, ...counts } = await runChaos({
  seed,
  apis: apis || 2,
  workers: workers || 2,
  divisions: 3,
  relations: 150,
  minuteLimit: 60,
  stormMs: minutes * 60_000,
  quietMs: 300_000,
  redisUrl: values.redis,
  say: (line) => values.verbose && console.log(`${seconds()} s  ${line}`),
});
for (const [what, count] of Object.entries({ ...attacks, ...counts }))
  console.log(`  ${what.padEnd(18)} ${count}`);
for (const line of wrong) console.log(`✗ ${line}`);
console.log(`${wrong.length === 0 ? '✓' : '✗'} ${wrong.length} wrong, ${seconds().trim()} s`);
if (wrong.length > 0) console.log(`  again: ${shownAs}`);
process.exit(wrong.length === 0 ? 0 : 1);
