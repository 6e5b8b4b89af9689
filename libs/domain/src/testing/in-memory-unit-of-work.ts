import type { Result, TenantId, UnitOfWork } from '../kernel/index.js';

type Restore = () => void;

/**
 * One tenant's ports in memory behind a unit of work. An err result and a throw put every map and list of the ports
 * back as they were, as a database would. Transactions run one after another.
 */
export class InMemoryUnitOfWork<Tx extends object> implements UnitOfWork<Tx> {
  private last: Promise<unknown> = Promise.resolve();

  constructor(readonly tx: Tx) {}

  run<T, E>(_tenantId: TenantId, work: (tx: Tx) => Promise<Result<T, E>>): Promise<Result<T, E>> {
    const turn = this.last.then(() => this.runAlone(work));
    this.last = turn.catch(() => undefined); // the failure belongs to the caller of this turn, not of the next
    return turn;
  }

  private async runAlone<T, E>(work: (tx: Tx) => Promise<Result<T, E>>): Promise<Result<T, E>> {
    const restores = Object.values(this.tx).flatMap((port: unknown) => restoresOf(port));
    const rollBack = () => restores.forEach((restore) => restore());
    try {
      const result = await work(this.tx);
      if (!result.ok) rollBack();
      return result;
    } catch (error) {
      rollBack();
      throw error;
    }
  }
}

/** Shallow copies are enough: entities are never changed in place. */
function restoresOf(port: unknown): Restore[] {
  if (typeof port !== 'object' || port === null) return [];
  return Object.values(port).flatMap((held: unknown): Restore[] => {
    if (held instanceof Map) return [restoreMap(held)];
    if (Array.isArray(held)) return [restoreList(held)];
    return [];
  });
}

function restoreMap(map: Map<unknown, unknown>): Restore {
  const entries = [...map];
  return () => {
    map.clear();
    for (const [key, value] of entries) map.set(key, value);
  };
}

function restoreList(list: unknown[]): Restore {
  const items = [...list];
  return () => list.splice(0, list.length, ...items);
}
