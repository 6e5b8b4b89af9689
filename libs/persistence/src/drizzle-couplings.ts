import { asc, sql } from 'drizzle-orm';
import type { Coupling, Couplings, StepLogEntry } from '@koppel/domain/coupling';
import { asId, type TenantId } from '@koppel/domain/kernel';
import type { Tx } from './database.js';
import { couplings, couplingStepLog } from './schema/index.js';

/** The coupling over Postgres. Row-level security leaves one row to see: the tenant's own. */
export class DrizzleCouplings implements Couplings {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async find(): Promise<Coupling | undefined> {
    const [row] = await this.tx.select().from(couplings);
    return row && toCoupling(row);
  }

  async findForUpdate(): Promise<Coupling | undefined> {
    const [row] = await this.tx.select().from(couplings).for('update');
    return row && toCoupling(row);
  }

  async add(coupling: Coupling): Promise<void> {
    const row = { ...toColumns(coupling), version: coupling.version, createdAt: coupling.createdAt };
    await this.tx
      .insert(couplings)
      .values({ ...row, tenantId: this.tenantId })
      .onConflictDoNothing();
  }

  async save(coupling: Coupling): Promise<void> {
    const version = sql`${couplings.version} + 1`;
    await this.tx.update(couplings).set({ ...toColumns(coupling), version });
  }

  async addStepLog(entry: StepLogEntry): Promise<void> {
    await this.tx.insert(couplingStepLog).values({ ...entry, tenantId: this.tenantId });
  }

  async findStepLog(): Promise<StepLogEntry[]> {
    const rows = await this.tx
      .select()
      .from(couplingStepLog)
      .orderBy(asc(couplingStepLog.at), asc(couplingStepLog.id));
    return rows.map(({ tenantId: _, ...row }) => ({
      ...row,
      step: row.step as StepLogEntry['step'], // our own rows
      detail: row.detail as StepLogEntry['detail'],
    }));
  }
}

type Row = typeof couplings.$inferSelect;

function toColumns(coupling: Coupling): Omit<Row, 'tenantId' | 'version' | 'createdAt'> {
  const { confirmation, version: _, createdAt: __, ...columns } = coupling;
  return {
    ...columns,
    confirmedBy: confirmation?.by ?? null,
    confirmedByName: confirmation?.byName ?? null,
    confirmedAt: confirmation?.at ?? null,
    confirmationText: confirmation?.text ?? null,
  };
}

function toCoupling(row: Row): Coupling {
  const { confirmedBy: by, confirmedByName: byName, confirmedAt: at, confirmationText: text } = row;
  const isConfirmed = by !== null && byName !== null && at !== null && text !== null;
  return {
    step: row.step as Coupling['step'], // our own rows
    contactHandling: row.contactHandling as Coupling['contactHandling'],
    confirmation: isConfirmed ? { by, byName, at, text } : null,
    frozenSince: row.frozenSince,
    activatedAt: row.activatedAt,
    runId: row.runId === null ? null : asId(row.runId),
    resyncMinutes: row.resyncMinutes,
    accountCreation: row.accountCreation as Coupling['accountCreation'],
    version: row.version,
    createdAt: row.createdAt,
  };
}
