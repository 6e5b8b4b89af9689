// `npm test` and `npm run check`: builds (the runner itself too), then hands over to the runner.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildNode, buildPortal } from '../embedded/build.mjs';

async function timed(name, step) {
  const startedAt = performance.now();
  const outcome = await step();
  return { name, ...outcome, seconds: (performance.now() - startedAt) / 1000 };
}

const mode = process.argv[2] ?? 'all';
if (mode !== 'all' && mode !== 'check') {
  console.error('usage: node tools/testing/run.mjs <all|check>');
  process.exit(2);
}

const builds = [await timed('types', buildNode)];
// The browser journeys need the portal as it is now.
if (mode === 'all') builds.push(await timed('portal build', buildPortal));

const runner = path.join(import.meta.dirname, 'dist/run.js');
if (existsSync(runner)) {
  const { runTests } = await import(pathToFileURL(runner).href);
  process.exitCode = await runTests(mode, builds);
} else {
  for (const { name, output } of builds) console.log(`${output}\n✗ ${name}`);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
