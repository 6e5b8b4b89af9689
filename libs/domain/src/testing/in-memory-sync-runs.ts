import type { SyncRunId } from '../kernel/index.js';
import {
  addComparisons,
  holdsPlace,
  noComparison,
  type Comparison,
  type RunEvent,
  type SyncRun,
  type SyncRuns,
} from '../sync/index.js';

/** Runs in memory, for specs. */
export class InMemorySyncRuns implements SyncRuns {
  private readonly rows = new Map<SyncRunId, SyncRun>();
  private readonly comparisons = new Map<SyncRunId, Comparison>();
  readonly events: RunEvent[] = [];

  constructor(private position: 'on' | 'off' = 'on') {}

  turn(position: 'on' | 'off'): void {
    this.position = position;
  }

  async holdSwitch(): Promise<'on' | 'off'> {
    return this.position;
  }

  async add(run: SyncRun): Promise<'added' | 'other-open'> {
    if (holdsPlace(run) && (await this.findOpen())) return 'other-open';
    this.rows.set(run.id, run);
    return 'added';
  }

  async findOpen(): Promise<SyncRun | undefined> {
    return [...this.rows.values()].find(holdsPlace);
  }

  async findAside(): Promise<SyncRun[]> {
    return [...this.rows.values()].filter(({ state }) => state === 'aside');
  }

  async findById(id: SyncRunId): Promise<SyncRun | undefined> {
    return this.rows.get(id);
  }

  async findLastCompleted(): Promise<SyncRun | undefined> {
    const completed = [...this.rows.values()].filter(({ state }) => state === 'completed');
    return completed.sort((one, other) => other.startedAt.getTime() - one.startedAt.getTime())[0];
  }

  findByIdForUpdate(id: SyncRunId): Promise<SyncRun | undefined> {
    return this.findById(id);
  }

  async save(run: SyncRun): Promise<'saved' | 'other-open'> {
    const open = await this.findOpen();
    if (holdsPlace(run) && open && open.id !== run.id) return 'other-open';
    this.rows.set(run.id, run);
    return 'saved';
  }

  async addComparison(id: SyncRunId, part: Comparison): Promise<void> {
    this.comparisons.set(id, addComparisons(this.comparisons.get(id) ?? noComparison, part));
  }

  async takeComparison(id: SyncRunId): Promise<Comparison> {
    const all = this.comparisons.get(id) ?? noComparison;
    this.comparisons.delete(id);
    return all;
  }

  async addEvent(event: RunEvent): Promise<void> {
    this.events.push(event);
  }

  async hasEvent(runId: SyncRunId, key: RunEvent['key']): Promise<boolean> {
    return this.events.some((event) => event.runId === runId && event.key === key);
  }

  all(): SyncRun[] {
    return [...this.rows.values()];
  }
}
