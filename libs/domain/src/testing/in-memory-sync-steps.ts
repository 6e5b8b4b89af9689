import type { AdministrationId, SyncRunId, SyncStepId } from '../kernel/index.js';
import { hasEnded, type Renewal, type SyncStep, type SyncSteps } from '../sync/index.js';

/** Steps in memory, for specs; leases run by the given clock. */
export class InMemorySyncSteps implements SyncSteps {
  private readonly rows = new Map<SyncStepId, SyncStep>();
  private readonly leases = new Map<SyncStepId, number>();

  constructor(private readonly now: () => Date) {}

  async addMany(steps: readonly SyncStep[]): Promise<void> {
    for (const step of steps) this.rows.set(step.id, step);
  }

  async findMany(runId: SyncRunId): Promise<SyncStep[]> {
    return [...this.rows.values()]
      .filter((step) => step.runId === runId)
      .sort((a, b) => compare(a.administrationId, b.administrationId) || a.position - b.position)
      .map((step) => this.withLease(step));
  }

  async findOfAdministration(runId: SyncRunId, administrationId: AdministrationId): Promise<SyncStep[]> {
    return (await this.findMany(runId)).filter((step) => step.administrationId === administrationId);
  }

  async countOpen(runId: SyncRunId): Promise<number> {
    return (await this.findMany(runId)).filter((step) => step.kind !== 'compare' && !hasEnded(step)).length;
  }

  async findById(id: SyncStepId): Promise<SyncStep | undefined> {
    const step = this.rows.get(id);
    return step && this.withLease(step);
  }

  findByIdForUpdate(id: SyncStepId): Promise<SyncStep | undefined> {
    return this.findById(id);
  }

  async save(step: SyncStep): Promise<void> {
    this.rows.set(step.id, step);
    if (step.leaseOwner === null) this.leases.delete(step.id);
  }

  async takeLease(id: SyncStepId, owner: string, forMs: number): Promise<void> {
    const step = this.rows.get(id);
    if (step) this.rows.set(id, { ...step, leaseOwner: owner });
    this.leases.set(id, this.now().getTime() + forMs);
  }

  async renewLease(id: SyncStepId, owner: string, { forMs }: Renewal): Promise<boolean> {
    const step = this.rows.get(id);
    if (step?.leaseOwner !== owner || step.state !== 'running') return false;
    this.leases.set(id, this.now().getTime() + forMs);
    return true;
  }

  private withLease(step: SyncStep): SyncStep {
    return { ...step, isLeaseLive: (this.leases.get(step.id) ?? 0) > this.now().getTime() };
  }
}

/** Null, the run's own step, comes last as in Postgres. */
function compare(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}
