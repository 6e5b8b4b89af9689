export {
  contextsByTheirEntry,
  importTable,
  noRelativeImportAcross,
  sandboxStandsAlone,
} from './rules/imports.js';
export {
  environmentOnlyInConfig,
  networkOnlyInTransport,
  noExportAll,
  queueOnlyFromOutbox,
  testingOnlyForTests,
} from './rules/reach.js';
export { noCycles } from './rules/cycles.js';
export { portsKeepTheirContract, type PortExemptions } from './rules/ports.js';
export {
  describeViolation,
  plantSourceTree,
  readSourceTree,
  type SourceTree,
  type Violation,
} from './source-tree.js';
