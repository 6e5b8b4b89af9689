import { describe, expect, it } from 'vitest';
import { describeViolation, plantSourceTree, type SourceTree, type Violation } from '../source-tree.js';
import { noCycles } from './cycles.js';
import { contextsByTheirEntry, importTable, noRelativeImportAcross, sandboxStandsAlone } from './imports.js';

const broken = (rule: (tree: SourceTree) => Violation[], files: Record<string, string>): string[] =>
  rule(plantSourceTree(files)).map(describeViolation);
const imports = (...specifiers: string[]): string =>
  specifiers.map((specifier) => `import { x } from '${specifier}';`).join('\n');

describe('importTable', () => {
  it.each([
    ['libs/domain', '@koppel/contracts'],
    ['libs/domain', '@koppel/persistence'],
    ['libs/domain', 'node:crypto'],
    ['libs/domain', 'fs'],
    ['libs/contracts', '@koppel/persistence'],
    ['libs/exact-client', '@koppel/domain/kernel'],
    ['libs/persistence', '@koppel/contracts'],
    ['apps/api', '@koppel/exact-client'],
    ['apps/worker', '@koppel/contracts'],
    ['apps/web', '@koppel/domain/kernel'],
  ])('refuses that %s imports %s', (project, specifier) => {
    const [violation] = broken(importTable, { [`${project}/src/a.ts`]: imports(specifier) });

    expect(violation).toContain(`${project}/src/a.ts:1 may not import ${specifier}`);
  });

  it.each([
    ['libs/contracts', '@koppel/domain/kernel'],
    ['libs/persistence', 'node:crypto'],
    ['apps/api', '@koppel/exact-client/auth'],
    ['apps/worker', '@koppel/exact-client'],
    ['apps/web', '@koppel/contracts'],
    ['tools/bench', '@koppel/persistence'],
  ])('lets %s import %s', (project, specifier) => {
    expect(broken(importTable, { [`${project}/src/a.ts`]: imports(specifier) })).toEqual([]);
  });

  it('sees dynamic imports and exports from elsewhere as well', () => {
    const text = `await import('@koppel/persistence');\nexport { y } from '@koppel/exact-client';`;

    expect(broken(importTable, { 'libs/domain/src/a.ts': text })).toEqual([
      'libs/domain/src/a.ts:1 may not import @koppel/persistence',
      'libs/domain/src/a.ts:2 may not import @koppel/exact-client',
    ]);
  });
});

describe('sandboxStandsAlone', () => {
  it('refuses any part of ours in the sandbox, in its specs too', () => {
    const files = {
      'tools/exact-sandbox/src/a.ts': imports('@koppel/domain/kernel', 'fastify'),
      'tools/exact-sandbox/src/a.spec.ts': imports('@koppel/exact-client'),
      'tools/demo/src/a.ts': imports('@koppel/domain/kernel'),
    };

    expect(broken(sandboxStandsAlone, files)).toEqual([
      'tools/exact-sandbox/src/a.ts:1 may not import @koppel/domain/kernel',
      'tools/exact-sandbox/src/a.spec.ts:1 may not import @koppel/exact-client',
    ]);
  });
});

describe('noRelativeImportAcross', () => {
  it('refuses a path into another project', () => {
    const files = { 'apps/api/src/a.ts': imports('../../../libs/domain/src/kernel/result.js', './b.js') };

    expect(broken(noRelativeImportAcross, files)).toEqual([
      'apps/api/src/a.ts:1 reaches into another project by path: ../../../libs/domain/src/kernel/result.js',
    ]);
  });
});

describe('contextsByTheirEntry', () => {
  it('refuses a path into another context past its index, and lets the kernel be everybody’s', () => {
    const files = {
      'libs/domain/src/sync/a.ts': imports(
        '../relations/link.js',
        '../relations/index.js',
        '../kernel/result.js',
        './b.js',
      ),
      'libs/domain/src/relations/c.ts': imports('./matching/score.js', './matching/index.js'),
      'libs/domain/src/testing/d.ts': imports('../relations/link.js'),
    };

    expect(broken(contextsByTheirEntry, files)).toEqual([
      'libs/domain/src/sync/a.ts:1 reaches into relations past its index.ts: ../relations/link.js',
      'libs/domain/src/relations/c.ts:1 reaches into relations/matching past its index.ts: ./matching/score.js',
    ]);
  });
});

describe('noCycles', () => {
  it('finds a cycle over several files, once', () => {
    const files = {
      'libs/a/src/1.ts': imports('./2.js'),
      'libs/a/src/2.ts': imports('./3.js'),
      'libs/a/src/3.ts': imports('./2.js'),
    };

    expect(broken(noCycles, files)).toEqual([
      'libs/a/src/2.ts imports itself: libs/a/src/2.ts -> libs/a/src/3.ts -> libs/a/src/2.ts',
    ]);
  });

  it('does not count an import of types alone, nor two ways to the same file', () => {
    const files = {
      'libs/a/src/1.ts': imports('./2.js', './3.js'),
      'libs/a/src/2.ts': `import type { x } from './1.js';\n${imports('./3.js')}`,
      'libs/a/src/3.ts': '',
    };

    expect(broken(noCycles, files)).toEqual([]);
  });

  it('counts an import statement that remains after compilation, though it takes only a type', () => {
    const files = {
      'libs/a/src/1.ts': imports('./2.js'),
      'libs/a/src/2.ts': `import { type x } from './1.js';`,
    };

    expect(broken(noCycles, files)).toHaveLength(1);
  });
});
