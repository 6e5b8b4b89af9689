// Brings the build up to date and runs one of the project's commands in this very process, so that signals reach it.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, buildNodeOnly } from './build.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const modules = {
  start: 'tools/embedded/dist/start.js',
  dev: 'tools/embedded/dist/dev.js',
  migrate: 'tools/embedded/dist/migrate.js',
  restored: 'tools/embedded/dist/restored.js',
  'verify-history': 'tools/embedded/dist/verify-history.js',
  demo: 'tools/demo/dist/main.js',
  screenshots: 'tools/demo/dist/screenshots.js',
  bench: 'tools/bench/dist/main.js',
  crash: 'tools/crash/dist/main.js',
  tokens: 'tools/crash/dist/tokens-main.js',
  chaos: 'tools/crash/dist/chaos-main.js',
  match: 'tools/match/dist/main.js',
};
const withoutPortal = new Set(['match']);

const [command, ...args] = process.argv.slice(2);
const module = Object.hasOwn(modules, command ?? '') ? path.join(root, modules[command]) : undefined;
if (module === undefined) {
  console.error(`usage: node tools/embedded/run.mjs <${Object.keys(modules).join('|')}> [...]`);
  process.exit(2);
}
const bringUpToDate = withoutPortal.has(command) ? buildNodeOnly : build;
if (!(await bringUpToDate((line) => console.error(line)))) process.exit(1);
if (!existsSync(module)) {
  console.error(`"${command}" is not there: ${path.relative(root, module)} was not built`);
  process.exit(1);
}
process.argv.splice(1, process.argv.length - 1, module, ...args);
await import(pathToFileURL(module).href);
