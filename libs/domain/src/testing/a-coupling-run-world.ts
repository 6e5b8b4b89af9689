import { aCouplingWorld } from './a-coupling-world.js';
import { SyncWorld } from './a-sync-world.js';
import { InMemoryUnitOfWork } from './in-memory-unit-of-work.js';

/** A coupling world in which runs can be started; none is yet. */
export function aCouplingRunWorld(of: NonNullable<Parameters<typeof aCouplingWorld>[0]>) {
  const world = aCouplingWorld(of);
  const { syncRuns, syncSteps, cursors } = new SyncWorld([]);
  const tx = { ...world.deps.uow.tx, syncRuns, syncSteps, cursors };
  return { ...world, syncRuns, syncSteps, deps: { ...world.deps, uow: new InMemoryUnitOfWork(tx) } };
}
