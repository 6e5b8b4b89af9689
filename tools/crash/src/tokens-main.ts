import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { migrate } from '@koppel/persistence';
import { numberOption, optionsOrExit } from './options.js';
import { openOwnPostgres } from './own-postgres.js';
import { runRaces } from './tokens/run-races.js';

const options = optionsOrExit(readOptions);
const postgres = await openOwnPostgres();
const at = performance.now();
try {
  const databaseUrl = postgres.databases.urlOf(await postgres.databases.create());
  await migrate(databaseUrl);
  const encryptionKey = randomBytes(32).toString('base64');
  const report = await runRaces({ databaseUrl, encryptionKey, ...options });
  const { wrong, ...counts } = report;
  for (const [what, count] of Object.entries(counts)) console.log(`${what.padEnd(12)} ${count}`);
  for (const line of wrong) console.log(`✗ ${line}`);
  console.log(
    `${wrong.length === 0 ? '✓' : '✗'} ${wrong.length} wrong, ${Math.round((performance.now() - at) / 1_000)} s`,
  );
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  await postgres.close();
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      expiries: { type: 'string', default: '1000' },
      processes: { type: 'string', default: '4' },
      seed: { type: 'string', default: '1' },
    },
  });
  return {
    expiries: numberOption('expiries', values.expiries, { min: 1, max: 1_000_000 }),
    processes: numberOption('processes', values.processes, { min: 1, max: 64 }),
    seed: numberOption('seed', values.seed, { min: 0, max: 999_999 }),
  };
}
