import { builtinModules } from 'node:module';
import type { Import } from '../source-file.js';
import { isForTests, projectOf, resolveRelative, type SourceTree, type Violation } from '../source-tree.js';

/** Which of our packages a project may import (the table of "Import rules"); an absent project is a tool and may import all. */
const mayImport: Readonly<Record<string, RegExp>> = {
  'libs/domain': /^@koppel\/domain\//,
  'libs/contracts': /^@koppel\/domain\//,
  'libs/exact-client': /^$/,
  'libs/persistence': /^@koppel\/domain\//,
  'apps/api': /^@koppel\/(domain\/|contracts(\/openapi)?$|persistence(\/|$)|exact-client\/(auth|webhooks)$)/,
  'apps/worker': /^@koppel\/(domain\/|persistence(\/|$)|exact-client(\/|$))/,
  'apps/web': /^@koppel\/contracts$/,
};

/** Projects that must run in any JavaScript. */
const withoutNode = new Set(['libs/domain', 'libs/contracts', 'apps/web']);
const builtins = new Set(builtinModules);

/** Each layer builds only on the layers that the table gives it. */
export function importTable(tree: SourceTree): Violation[] {
  return findImports(
    tree.filter(({ path }) => !isForTests(path)),
    (path, { specifier }) => {
      const allowed = mayImport[projectOf(path)];
      if (allowed && specifier.startsWith('@koppel/') && !allowed.test(specifier))
        return `may not import ${specifier}`;
      const isBuiltin = specifier.startsWith('node:') || builtins.has(specifier);
      return isBuiltin && withoutNode.has(projectOf(path))
        ? `may not import ${specifier}: it must run without Node`
        : undefined;
    },
  );
}

/** The sandbox is its own reading of Exact's documentation, its specs too: else client and sandbox would be wrong together. */
export function sandboxStandsAlone(tree: SourceTree): Violation[] {
  const sandbox = tree.filter(({ path }) => path.startsWith('tools/exact-sandbox/'));
  return findImports(sandbox, (_, { specifier }) =>
    specifier.startsWith('@koppel/') && specifier !== '@koppel/exact-sandbox'
      ? `may not import ${specifier}`
      : undefined,
  );
}

/** A relative import stays within its project. */
export function noRelativeImportAcross(tree: SourceTree): Violation[] {
  return findImports(tree, (path, { specifier }) => {
    const target = resolveRelative(path, specifier);
    return target !== undefined && projectOf(target) !== projectOf(path)
      ? `reaches into another project by path: ${specifier}`
      : undefined;
  });
}

/** A context of the domain is entered by its index.ts; only the kernel is everybody's. */
export function contextsByTheirEntry(tree: SourceTree): Violation[] {
  const domain = tree.filter(({ path }) => path.startsWith('libs/domain/src/') && !isForTests(path));
  return findImports(domain, (path, { specifier }) => {
    const target = resolveRelative(path, specifier);
    if (target === undefined) return undefined;
    const context = contextOf(target);
    const isOpen =
      context === contextOf(path) || context === 'kernel' || target === `libs/domain/src/${context}/index.ts`;
    return isOpen ? undefined : `reaches into ${context} past its index.ts: ${specifier}`;
  });
}

function contextOf(path: string): string {
  const [context = '', inner] = path.slice('libs/domain/src/'.length).split('/');
  return context === 'relations' && inner === 'matching' ? 'relations/matching' : context;
}

function findImports(
  tree: SourceTree,
  complaint: (path: string, found: Import) => string | undefined,
): Violation[] {
  return tree.flatMap(({ path, imports }) =>
    imports.flatMap((found) => {
      const message = complaint(path, found);
      return message === undefined ? [] : [{ path, line: found.line, message }];
    }),
  );
}
