import type { AdministrationId, SourceRelationId, SyncRunId } from '../kernel/index.js';
import type { SourceRelation } from '../relations/index.js';
import type {
  DeletedRow,
  MasterKind,
  MasterRow,
  PartKind,
  PartRow,
  AccountAt,
  AccountReadBack,
  SourceStore,
  StoreContext,
  StoredAccount,
  StoredCounts,
} from '../sync/index.js';
import { movedAccount, sameJson, upsertedAccount, type KeptAccount } from './in-memory-account.js';
import { InMemorySourceParts } from './in-memory-source-parts.js';

interface Master {
  readonly row: MasterRow;
  readonly seenInRun: SyncRunId;
}

/** What Exact has, in memory, for specs. `endedRuns` are the failed and cancelled ones whose changes nobody compared. */
export class InMemorySourceStore implements SourceStore {
  private readonly accounts = new Map<string, KeptAccount>();
  readonly sourceParts = new InMemorySourceParts(
    (administrationId, exactId) => this.accounts.get(`${administrationId} ${exactId}`)?.source.id,
  );
  private readonly masters = new Map<string, Master>();

  constructor(private readonly endedRuns: () => readonly SyncRunId[] = () => []) {}

  all(): SourceRelation[] {
    return [...this.accounts.values()].map(({ source }) => source);
  }

  changedIn(runId: SyncRunId): string[] {
    return [...this.accounts.values()].flatMap((row) =>
      row.changedInRun === runId ? row.source.exactId : [],
    );
  }

  /** What comparing does with an account that it has seen. */
  async acceptAsBase(id: SourceRelationId): Promise<void> {
    for (const [key, row] of this.accounts)
      if (row.source.id === id) this.accounts.set(key, { ...row, source: { ...row.source, base: null } });
  }

  async upsertAccounts(context: StoreContext, rows: readonly StoredAccount[]): Promise<StoredCounts> {
    const counts = { inserted: 0, changed: 0, unchanged: 0 };
    for (const row of rows) counts[this.upsertAccount(context, row)] += 1;
    return counts;
  }

  async upsertParts(context: StoreContext, kind: PartKind, rows: readonly PartRow[]): Promise<StoredCounts> {
    const counts = { inserted: 0, changed: 0, unchanged: 0 };
    for (const row of rows) {
      const outcome = this.sourceParts.upsert(context, kind, row);
      counts[outcome] += 1;
      if (outcome === 'changed' && kind === 'address') this.moveAccount(context, row);
    }
    return counts;
  }

  async upsertMasters(
    context: StoreContext,
    kind: MasterKind,
    rows: readonly MasterRow[],
  ): Promise<StoredCounts> {
    const counts = { inserted: 0, changed: 0, unchanged: 0 };
    for (const row of rows) {
      const key = `${context.administrationId} ${kind} ${row.exactId}`;
      const known = this.masters.get(key)?.row;
      const says = ({ code, description, isBlocked, fields }: MasterRow) => [
        code,
        description,
        isBlocked,
        fields,
      ];
      counts[!known ? 'inserted' : sameJson(says(known), says(row)) ? 'unchanged' : 'changed'] += 1;
      this.masters.set(key, { row, seenInRun: context.runId });
    }
    return counts;
  }

  async markDeleted(context: StoreContext, rows: readonly DeletedRow[]): Promise<number> {
    for (const { entity, exactId } of rows) {
      if (entity === 'gl-account') this.masters.delete(`${context.administrationId} gl-accounts ${exactId}`);
      else if (entity !== 'account')
        this.sourceParts.markDeleted({ administrationId: context.administrationId, kind: entity, exactId });
    }
    const ids = rows.filter((row) => row.entity === 'account').map((row) => row.exactId);
    return this.markWhere(context, ({ source }) => ids.includes(source.exactId));
  }

  async countPresent(administrationId: AdministrationId): Promise<number> {
    return this.presentIn(administrationId).length;
  }

  async markMet({ administrationId, runId }: StoreContext, exactIds: readonly string[]): Promise<void> {
    for (const row of this.presentIn(administrationId))
      if (exactIds.includes(row.source.exactId))
        this.accounts.set(`${administrationId} ${row.source.exactId}`, { ...row, seenInRun: runId });
  }

  async countUnseen(context: Pick<StoreContext, 'administrationId' | 'runId'>): Promise<number> {
    return this.presentIn(context.administrationId).filter((row) => row.seenInRun !== context.runId).length;
  }

  async markUnseenDeleted(context: StoreContext): Promise<number> {
    return this.markWhere(context, (row) => row.seenInRun !== context.runId);
  }

  async countPresentParts(administrationId: AdministrationId, kind: PartKind): Promise<number> {
    return this.sourceParts.countPresent(administrationId, kind);
  }

  async countUnseenParts(
    context: Pick<StoreContext, 'administrationId' | 'runId'>,
    kind: PartKind,
  ): Promise<number> {
    return this.sourceParts.unseen(context, kind).length;
  }

  async markUnseenPartsDeleted(context: StoreContext, kind: PartKind): Promise<number> {
    const unseen = this.sourceParts.unseen(context, kind);
    for (const ref of unseen) this.sourceParts.markDeleted(ref);
    return unseen.length;
  }

  async removeUnseenMasters(context: StoreContext, kind: MasterKind): Promise<number> {
    const prefix = `${context.administrationId} ${kind} `;
    const unseen = [...this.masters].filter(
      ([key, { seenInRun }]) => key.startsWith(prefix) && seenInRun !== context.runId,
    );
    for (const [key] of unseen) this.masters.delete(key);
    return unseen.length;
  }

  async adoptUncompared(runId: SyncRunId): Promise<void> {
    for (const [key, row] of this.accounts)
      if ((row.changedInRun && this.endedRuns().includes(row.changedInRun)) || row.source.base !== null)
        this.accounts.set(key, { ...row, changedInRun: runId });
  }

  async findRelation(id: SourceRelationId): Promise<SourceRelation | undefined> {
    return this.all().find((source) => source.id === id);
  }

  async findAccount({ administrationId, exactId }: AccountAt): Promise<SourceRelation | undefined> {
    return this.all().find((one) => one.administrationId === administrationId && one.exactId === exactId);
  }

  findRelationForUpdate(id: SourceRelationId): Promise<SourceRelation | undefined> {
    return this.findRelation(id);
  }

  async keepAccount(
    administrationId: AdministrationId,
    row: StoredAccount,
    now: Date,
  ): Promise<SourceRelation> {
    const key = `${administrationId} ${row.exactId}`;
    const known = this.accounts.get(key);
    if (known) return known.source;
    const { isDivisionAccount: _, ...kept } = row;
    const source = { ...kept, administrationId, base: null, state: 'present', changedAt: now } as const;
    this.accounts.set(key, { source, changedInRun: null, seenInRun: null });
    return source;
  }

  async storeReadBack(id: SourceRelationId, { written, ...row }: AccountReadBack, now: Date): Promise<void> {
    for (const [key, account] of this.accounts)
      if (account.source.id === id)
        this.accounts.set(key, {
          ...account,
          source: { ...account.source, ...row, changedAt: now },
          written,
          writtenAt: now,
        });
  }

  private moveAccount(context: StoreContext, row: PartRow): void {
    const key = `${context.administrationId} ${row.accountExactId}`;
    const moved = movedAccount(this.accounts.get(key), context, row);
    if (moved) this.accounts.set(key, moved);
  }

  private upsertAccount(context: StoreContext, row: StoredAccount): keyof StoredCounts {
    const key = `${context.administrationId} ${row.exactId}`;
    const { account, outcome } = upsertedAccount(this.accounts.get(key), context, row);
    this.accounts.set(key, account);
    return outcome;
  }

  private presentIn(administrationId: AdministrationId): KeptAccount[] {
    return [...this.accounts.values()].filter(
      ({ source }) => source.administrationId === administrationId && source.state === 'present',
    );
  }

  private markWhere(context: StoreContext, isMeant: (row: KeptAccount) => boolean): number {
    const marked = this.presentIn(context.administrationId).filter(isMeant);
    for (const { source, seenInRun } of marked)
      this.accounts.set(`${source.administrationId} ${source.exactId}`, {
        source: { ...source, state: 'deleted', changedAt: context.now },
        changedInRun: context.runId,
        seenInRun,
      });
    return marked.length;
  }
}
