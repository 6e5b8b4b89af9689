import { describe, expect, it } from 'vitest';
import { describeViolation, plantSourceTree } from '../source-tree.js';
import { portsKeepTheirContract } from './ports.js';

const kept = {
  'libs/domain/src/sync/sync-runs.port.ts': `export interface SyncRuns {}\nexport interface SyncRunsTx { syncRuns: SyncRuns }`,
  'libs/domain/src/testing/in-memory-sync-runs.ts': `export class InMemorySyncRuns implements SyncRuns {}`,
  'libs/persistence/src/drizzle-sync-runs.ts': `export class DrizzleSyncRuns implements SyncRuns {}`,
  'libs/domain/src/testing/sync-runs.contract.ts': `export function describeSyncRunsContract(make) {}`,
  'libs/domain/src/testing/in-memory-sync-runs.spec.ts': `describeSyncRunsContract(() => new InMemorySyncRuns());`,
  'libs/persistence/src/drizzle-sync-runs.db.spec.ts': `describeSyncRunsContract(() => new DrizzleSyncRuns());`,
};
const port = 'libs/domain/src/sync/sync-runs.port.ts';

const complaints = (files: Record<string, string>): string[] =>
  portsKeepTheirContract(plantSourceTree(files), {}).map(describeViolation);

function without(file: keyof typeof kept): Record<string, string> {
  return Object.fromEntries(Object.entries(kept).filter(([path]) => path !== file));
}

describe('portsKeepTheirContract', () => {
  it('is content when fake and adapter run the same suite', () => {
    expect(complaints(kept)).toEqual([]);
  });

  it.each([
    [
      'libs/domain/src/testing/in-memory-sync-runs.ts',
      'has no fake: a class in libs/domain/src/testing that implements SyncRuns',
    ],
    [
      'libs/persistence/src/drizzle-sync-runs.ts',
      'has no real adapter: a class elsewhere that implements SyncRuns',
    ],
    [
      'libs/domain/src/testing/sync-runs.contract.ts',
      'has no contract suite: a testing/*.contract.ts about SyncRuns',
    ],
    [
      'libs/domain/src/testing/in-memory-sync-runs.spec.ts',
      'has a fake that does not run its contract suite',
    ],
    [
      'libs/persistence/src/drizzle-sync-runs.db.spec.ts',
      'has a real adapter that does not run its contract suite',
    ],
  ] as const)('misses %s', (file, complaint) => {
    expect(complaints(without(file))).toEqual([`${port} ${complaint}`]);
  });

  it('takes one suite for several ports when it imports their interfaces', () => {
    const files = without('libs/domain/src/testing/sync-runs.contract.ts');
    const suite = `import type { SyncRunsTx } from '../sync/index.js';\nexport function describeSyncRunsContract(make) {}`;

    expect(complaints({ ...files, 'libs/domain/src/testing/sync.contract.ts': suite })).toEqual([]);
  });

  it('refuses a port file that does not hold what its name promises', () => {
    expect(complaints({ [port]: 'export interface Runs {}' })).toEqual([
      `${port} does not export the interface SyncRuns that its name promises`,
    ]);
  });

  it('lets an exempted port be', () => {
    expect(portsKeepTheirContract(plantSourceTree({ [port]: '' }), { 'sync-runs': 'because' })).toEqual([]);
  });
});
