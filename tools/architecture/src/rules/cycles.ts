import { resolveRelative, type SourceTree, type Violation } from '../source-tree.js';

/** No file needs itself, by whatever way round. Imports of types alone do not count: they are gone at run time. */
export function noCycles(tree: SourceTree): Violation[] {
  const targets = new Map(
    tree.map(({ path, imports }) => [
      path,
      imports
        .filter(({ isTypeOnly }) => !isTypeOnly)
        .map(({ specifier }) => resolveRelative(path, specifier)),
    ]),
  );
  const finished = new Set<string>();
  const violations: Violation[] = [];

  function visit(path: string, trail: readonly string[]): void {
    const start = trail.indexOf(path);
    if (start >= 0) {
      violations.push({ path, message: `imports itself: ${[...trail.slice(start), path].join(' -> ')}` });
      return;
    }
    if (finished.has(path)) return;
    for (const target of targets.get(path) ?? []) if (target !== undefined) visit(target, [...trail, path]);
    finished.add(path);
  }

  for (const { path } of tree) visit(path, []);
  return violations;
}
