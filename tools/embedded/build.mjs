// Builds what changed: first the Node projects (tsc -b), then the portal. Plain JavaScript, because it must run before anything is built.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compressFolder } from './compress.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const web = path.join(root, 'apps/web');
const stampFile = path.join(web, 'dist/.inputs');
const portalInputs = [
  'apps/web',
  'tools/embedded/compress.mjs',
  'libs/contracts/src',
  'libs/domain/src',
  'package-lock.json',
  'tsconfig.base.json',
];
const nodeProjectFolders = () =>
  JSON.parse(readFileSync(path.join(root, 'tsconfig.json'), 'utf8')).references.map((each) => each.path);
const nodeStampFile = path.join(root, 'tools/embedded/dist/.inputs');
/** With what `tsc -b` noted of each project, which goes when somebody removes what was built. */
const nodeInputs = () => [
  ...nodeProjectFolders().flatMap((folder) => [
    `${folder}/src`,
    `${folder}/tsconfig.json`,
    `${folder}/package.json`,
    `${folder}/dist/.tsbuildinfo`,
  ]),
  ...['tsconfig.json', 'tsconfig.base.json', 'package-lock.json'],
];
const notInputs = new Set(['dist', 'e2e', 'node_modules', '.angular']);

/** Runs a program of node_modules under this Node; resolves with its exit code and all it printed. */
export function runTool(script, args, cwd = root) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NG_CLI_ANALYTICS: 'false' };
    const child = spawn(process.execPath, [path.join(root, 'node_modules', script), ...args], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code, signal) =>
      resolve({ isOk: code === 0, code: code ?? signal, output: output.trim() }),
    );
  });
}

/** `tsc -b` over all Node projects. */
export const buildNode = () =>
  runTool('typescript/bin/tsc', ['-b', ...(process.stdout.isTTY ? ['--pretty'] : [])]);

/** The production build of the portal, unless apps/web/dist is that of the present sources already. */
export async function buildPortal() {
  if (!existsSync(path.join(web, 'angular.json'))) return { isOk: true, output: '', isSkipped: true };
  const inputs = hashOf(portalInputs.flatMap((entry) => filesBelow(path.join(root, entry))));
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === inputs)
    return { isOk: true, output: '', isSkipped: true };
  const result = await runTool(
    '@angular/cli/bin/ng.js',
    ['build', '--configuration', 'production', '--progress', 'false'],
    web,
  );
  if (!result.isOk) return result;
  await compressFolder(path.join(web, 'dist/browser'));
  writeFileSync(stampFile, inputs);
  return result;
}

/** The Node projects, unless what was built is of the present sources already: asking `tsc -b` takes seconds. */
async function buildNodeIfChanged() {
  const state = () => hashOf(nodeInputs().flatMap((entry) => filesBelow(path.join(root, entry))));
  if (existsSync(nodeStampFile) && readFileSync(nodeStampFile, 'utf8') === state())
    return { isOk: true, output: '', isSkipped: true };
  const result = await buildNode();
  if (result.isOk) writeFileSync(nodeStampFile, state());
  return result;
}

const nodeProjects = ['Node projects', buildNodeIfChanged];

/** Builds everything; says a line per part that took work, and all of a failing part's output. Resolves with whether it worked. */
export const build = (say = (line) => console.log(line)) =>
  buildParts([nodeProjects, ['portal', buildPortal]], say);

/** The same, of the Node projects alone. */
export const buildNodeOnly = (say) => buildParts([nodeProjects], say);

/** One after another: the portal is built on what the contracts became. */
async function buildParts(parts, say) {
  for (const part of parts) if (!(await buildPart(part, say))) return false;
  return true;
}

async function buildPart([name, step], say) {
  const startedAt = performance.now();
  const result = await step();
  const seconds = (performance.now() - startedAt) / 1000;
  if (!result.isOk) say(`${result.output}\nbuild of the ${name} failed (${result.code})`);
  else if (!result.isSkipped && seconds > 1) say(`built the ${name} in ${seconds.toFixed(1)} s`);
  return result.isOk;
}

function filesBelow(entry) {
  if (!existsSync(entry)) return [];
  if (/\.[a-z]+$/.test(path.basename(entry))) return [entry];
  return readdirSync(entry, { withFileTypes: true })
    .filter(({ name }) => !notInputs.has(name) && !name.endsWith('.spec.ts'))
    .flatMap((found) =>
      found.isDirectory() ? filesBelow(path.join(entry, found.name)) : [path.join(entry, found.name)],
    )
    .sort();
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

if (import.meta.main) process.exitCode = (await build()) ? 0 : 1;
