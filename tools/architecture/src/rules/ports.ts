import type { SourceFile } from '../source-file.js';
import type { SourceTree, Violation } from '../source-tree.js';

/** Ports without a contract suite of their own, each with the reason. */
export type PortExemptions = Readonly<Record<string, string>>;

/**
 * A port `things.port.ts` holds the interface `Things`. A fake that lies makes every use case spec worthless, so each port has a fake in
 * `testing/` and a real adapter, and both run one contract suite (`testing/*.contract.ts`) that is about the port.
 */
export function portsKeepTheirContract(tree: SourceTree, exempt: PortExemptions): Violation[] {
  return tree
    .filter(({ path }) => /^libs\/domain\/src\/.*\.port\.ts$/.test(path) && !(nameOf(path) in exempt))
    .flatMap((port) => complaintsAbout(port, tree).map((message) => ({ path: port.path, message })));
}

function complaintsAbout(port: SourceFile, tree: SourceTree): string[] {
  const type = typeOf(port);
  if (!port.exportedInterfaces.includes(type))
    return [`does not export the interface ${type} that its name promises`];
  const adapters = tree.filter(({ classes }) => classes.some((found) => found.implements.includes(type)));
  const complaints: string[] = [];
  if (!adapters.some(isFake))
    complaints.push(`has no fake: a class in libs/domain/src/testing that implements ${type}`);
  if (adapters.every(isFake))
    complaints.push(`has no real adapter: a class elsewhere that implements ${type}`);
  const suites = tree
    .filter((file) => isSuiteOf(file, port))
    .flatMap(({ exportedFunctions }) => exportedFunctions);
  if (suites.length === 0)
    return [...complaints, `has no contract suite: a testing/*.contract.ts about ${type}`];
  const runners = tree.filter(
    ({ path, calls }) => path.endsWith('.spec.ts') && calls.some(({ name }) => suites.includes(name)),
  );
  if (!runners.some(isFake)) complaints.push('has a fake that does not run its contract suite');
  if (runners.every(isFake)) complaints.push('has a real adapter that does not run its contract suite');
  return complaints;
}

/** A suite is about the port that it is named after, and about those whose interface it imports. */
function isSuiteOf(file: SourceFile, port: SourceFile): boolean {
  if (!/^libs\/domain\/src\/testing\/.*\.contract\.ts$/.test(file.path)) return false;
  const subjects = [typeOf(port), `${typeOf(port)}Tx`];
  const isNamedAfterIt = file.path.endsWith(`/${nameOf(port.path)}.contract.ts`);
  return isNamedAfterIt || file.imports.some(({ names }) => names.some((name) => subjects.includes(name)));
}

const isFake = ({ path }: SourceFile): boolean => path.startsWith('libs/domain/src/testing/');

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.port\.ts$/, '');

/** `sync-runs.port.ts` promises `SyncRuns`. */
const typeOf = ({ path }: SourceFile): string =>
  nameOf(path).replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
