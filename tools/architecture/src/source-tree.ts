import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSource, type SourceFile } from './source-file.js';

/** Every TypeScript file of the project, parsed. */
export type SourceTree = readonly SourceFile[];

const root = path.resolve(import.meta.dirname, '../../..');
const patterns = ['apps/*/src/**/*.ts', 'apps/web/e2e/**/*.ts', 'libs/*/src/**/*.ts', 'tools/*/src/**/*.ts'];

/** Reads the project as it stands on disk. */
export function readSourceTree(): SourceTree {
  return globSync(patterns, { cwd: root })
    .map((file) => file.split(path.sep).join('/'))
    .sort()
    .map((file) => parseSource(file, readFileSync(path.join(root, file), 'utf8')));
}

/** A small tree for the specs of the rules: texts by path. */
export function plantSourceTree(files: Readonly<Record<string, string>>): SourceTree {
  return Object.entries(files).map(([file, text]) => parseSource(file, text));
}

/** The project a file belongs to: `libs/domain`. */
export const projectOf = (file: string): string => file.split('/').slice(0, 2).join('/');

/** The path that a relative import means (`.js` stands for `.ts`); undefined for a package. */
export function resolveRelative(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const target = path.posix.join(path.posix.dirname(from), specifier);
  if (target.endsWith('.js')) return `${target.slice(0, -3)}.ts`;
  return /\.[a-z]+$/.test(target) ? target : `${target}.ts`;
}

/** Specs, journeys, what lies in a `testing` folder, and tools: code that never runs in production. */
export const isForTests = (file: string): boolean =>
  /\.(spec|e2e)\.ts$|\/testing\/|^tools\/|^apps\/web\/e2e\//.test(file);

/** A broken rule: where, and what is wrong there. */
export interface Violation {
  readonly path: string;
  readonly line?: number;
  readonly message: string;
}

/** One line per violation, as an editor understands it. */
export const describeViolation = ({ path: file, line, message }: Violation): string =>
  `${file}${line ? `:${line}` : ''} ${message}`;
