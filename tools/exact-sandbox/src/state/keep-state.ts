import { createHash } from 'node:crypto';
import type { SandboxClock } from '../clock.js';
import type { TokenMachine } from '../oauth/token-machine.js';
import type { Changes } from '../store/changes.js';
import type { World } from '../world/world.js';
import { compact } from './compact.js';
import type { StateChange, StateHeader } from './state-change.js';
import { writeState, type StoredState } from './state-file.js';
import { StateLog } from './state-log.js';

/** The parts of a sandbox that a state file is about. */
export interface StatefulParts {
  readonly world: World;
  readonly tokens: TokenMachine;
  readonly changes: Changes;
  readonly clock: SandboxClock;
}

/**
 * Brings a freshly seeded sandbox to where the file says that it was, and writes down what changes from now on. Throws
 * when the file belongs to another world.
 */
export function keepState(stored: StoredState, parts: StatefulParts): StateLog {
  const { world, tokens, changes, clock } = parts;
  const fingerprint = fingerprintOf(world);
  if (stored.header && stored.header.world !== fingerprint) {
    throw new Error(
      `${stored.file} belongs to another world: start with the options it was made with, or remove it`,
    );
  }
  const kept = compact(stored.changes, clock.now());
  for (const change of kept) replay(change, parts);
  const starts = (stored.header?.starts ?? 0) + 1;
  const header: StateHeader = { format: 1, world: fingerprint, starts, at: clock.now() };
  writeState(stored.file, header, kept);
  const log = new StateLog(stored.file, header, () => clock.now());
  changes.watch(log);
  tokens.watch((event) => log.token(event));
  clock.onMoved(() => log.moment());
  return log;
}

function replay(change: StateChange, { world, tokens }: StatefulParts): void {
  switch (change.kind) {
    case 'row':
      return divisionOf(world, change).tables[change.table].restore(change.row, change.values ?? undefined);
    case 'counters':
      return divisionOf(world, change).restoreCounters(change.counters);
    case 'move':
      return divisionOf(world, change).moveTo(world.newDatabase(), change.at);
    default:
      return tokens.restore(change);
  }
}

function divisionOf(world: World, { division: code }: { readonly division: number }): World['divisions'][0] {
  const division = world.division(code);
  if (!division) throw new Error(`the state file names division ${code}, which this world does not have`);
  return division;
}

/** Two worlds of other options, or of another version of the sandbox, differ in how many records they were seeded with. */
function fingerprintOf({ seed, divisions }: World): string {
  const facts = divisions.map((division) => [
    division.code,
    division.database.stampText(division.database.lastStamp),
    division.tableNames().map((name) => division.tables[name].size),
  ]);
  return createHash('sha256')
    .update(JSON.stringify([seed, facts]))
    .digest('hex')
    .slice(0, 16);
}
