import { err, ok, type Result } from '../kernel/index.js';
import type { SharedValues } from '../relations/index.js';
import type {
  AccountRow,
  IsTooLate,
  NewAccount,
  WriteTarget,
  SourceFault,
  TooLate,
  WriteSource,
} from '../sync/index.js';
import { anAccountRow } from './an-account-row.js';
import { InMemoryPartSource } from './in-memory-part-source.js';

/** Accounts and their parts that can be written, in memory; a spec sets what happens to the next write. */
export class InMemoryWriteSource extends InMemoryPartSource implements WriteSource {
  private readonly rows = new Map<string, AccountRow>();
  readonly writes: Partial<SharedValues>[] = [];
  creates = 0;
  /** What Exact's clock says when it makes an account. */
  time = new Date('2026-11-25T09:00:00Z');
  /** What happens to the next searches, in turn. */
  readonly nextSearches: SourceFault[] = [];
  /** What happens elsewhere right after the next update arrived. */
  onWrite: (() => Promise<unknown>) | undefined;

  constructor(rows: readonly AccountRow[] = []) {
    super();
    for (const row of rows) this.put(row);
  }

  put(row: AccountRow): void {
    this.rows.set(row.exactId, row);
  }

  async readAccount(_: WriteTarget, exactId: string): Promise<Result<AccountRow | null, SourceFault>> {
    const fault = this.nextReads.shift();
    return fault ? err(fault) : ok(this.rows.get(exactId) ?? null);
  }

  async updateAccount(
    _: WriteTarget,
    { exactId, patch }: { readonly exactId: string; readonly patch: Partial<SharedValues> },
    isTooLate: IsTooLate,
  ): Promise<Result<void, SourceFault | TooLate>> {
    if (isTooLate()) return err({ kind: 'too-late' });
    this.writes.push(patch);
    const fate = this.takeFate();
    if (fate === 'dropped') return ok(undefined);
    if (fate !== null && fate !== 'lost-after-write') return err(fate);
    const row = this.rows.get(exactId);
    if (!row) return err({ kind: 'refused', message: 'not found' });
    this.put(changed(row, { ...row.fields.shared, ...patch }));
    const { onWrite } = this;
    this.onWrite = undefined;
    await onWrite?.();
    return fate === null ? ok(undefined) : err({ kind: 'unavailable', retryAt: null, reason: 'lost' });
  }

  async findAlike(_: WriteTarget, values: Partial<SharedValues>): Promise<Result<AccountRow[], SourceFault>> {
    const fault = this.nextSearches.shift();
    if (fault) return err(fault);
    const keys = ['kvk', 'vat', 'name'] as const;
    const rows = [...this.rows.values()];
    return ok(
      rows.filter((row) => keys.some((key) => values[key] && row.fields.shared[key] === values[key])),
    );
  }

  async createAccount(
    _: WriteTarget,
    { values, roles }: NewAccount,
    isTooLate: IsTooLate,
  ): Promise<Result<string, SourceFault | TooLate>> {
    if (isTooLate()) return err({ kind: 'too-late' });
    const fate = this.takeFate();
    if (fate !== null && fate !== 'lost-after-write' && fate !== 'dropped') return err(fate);
    this.creates += 1;
    const blank = anAccountRow(this.rows.size + 1_000);
    const created = changed(blank, { ...blank.fields.shared, ...values });
    const [isCustomer, isSupplier] = [roles.includes('customer'), roles.includes('supplier')];
    const fields = { ...created.fields, local: { ...created.fields.local, isSupplier } };
    this.put({ ...created, fields, isCustomer, isSupplier, modifiedAt: this.time });
    return fate === null ? ok(created.exactId) : err({ kind: 'uncertain', reason: 'lost' });
  }
}

function changed(row: AccountRow, shared: SharedValues): AccountRow {
  const fields = { ...row.fields, shared };
  return { ...row, fields, contentHash: JSON.stringify([shared, fields.local]) };
}
