import { describe, expect, it } from 'vitest';
import {
  contextsByTheirEntry,
  importTable,
  noRelativeImportAcross,
  sandboxStandsAlone,
} from './rules/imports.js';
import {
  environmentOnlyInConfig,
  networkOnlyInTransport,
  noExportAll,
  queueOnlyFromOutbox,
  testingOnlyForTests,
} from './rules/reach.js';
import { noCycles } from './rules/cycles.js';
import { portsKeepTheirContract, type PortExemptions } from './rules/ports.js';
import { describeViolation, readSourceTree, type SourceTree, type Violation } from './source-tree.js';

const exempt: PortExemptions = {
  'unit-of-work': 'it is the frame that every other suite runs in',
};

const rules: Record<string, (tree: SourceTree) => Violation[]> = {
  'only config.ts reads the environment': environmentOnlyInConfig,
  'only the outbox relay and the sweeper add to a queue': queueOnlyFromOutbox,
  'only transport.ts of the client, and what sends webhooks, goes to the network': networkOnlyInTransport,
  'nothing exports everything of another file': noExportAll,
  'testing folders are imported by specs, journeys and tools only': testingOnlyForTests,
  'each layer builds only on the layers that the table gives it': importTable,
  'the sandbox imports nothing of ours': sandboxStandsAlone,
  'a relative import stays within its project': noRelativeImportAcross,
  'a context of the domain is entered by its index': contextsByTheirEntry,
  'no file imports itself, by whatever way round': noCycles,
  'every port has a fake and a real adapter that run the same suite': (tree) =>
    portsKeepTheirContract(tree, exempt),
};

describe('the source tree', () => {
  const tree = readSourceTree();

  it.each(Object.entries(rules))('keeps the rule: %s', (_, rule) => {
    expect(tree.length).toBeGreaterThan(100);
    expect(rule(tree).map(describeViolation)).toEqual([]);
  });

  it('grants no exemption to a port that is not there', () => {
    const ports = tree.map(({ path }) => /([^/]+)\.port\.ts$/.exec(path)?.[1]);

    expect(Object.keys(exempt).filter((name) => !ports.includes(name))).toEqual([]);
  });
});
