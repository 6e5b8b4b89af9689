import { BudgetLedger, connect, type Database } from '@koppel/persistence';
import { createTestDatabase } from '@koppel/persistence/testing';
import { PostgresBudget } from '../exact/postgres-budget.js';

/** The budgets of two workers over one database, each with connections of its own, and the clock of both. */
export class TwoBudgets {
  budgets: readonly PostgresBudget[] = [];
  clientId = '';
  private installations = 0;
  private at = 0;
  readonly clock = { now: () => new Date(this.at), advance: (ms: number) => (this.at += ms) };

  private constructor(
    readonly databases: readonly Database[],
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(): Promise<TwoBudgets> {
    const test = await createTestDatabase();
    return new TwoBudgets([connect(test.url, { max: 8 }), connect(test.url, { max: 8 })], test.drop);
  }

  /** An app registration that nothing was asked with yet. */
  begin(): void {
    this.installations += 1;
    this.clientId = `app-${this.installations}`;
    this.at = Date.parse('2026-11-25T09:00:10Z');
    const options = { clientId: this.clientId, region: 'nl', now: this.clock.now, random: () => 1 };
    this.budgets = this.databases.map(
      (database) => new PostgresBudget({ ...options, ledger: new BudgetLedger(database) }),
    );
  }

  async close(): Promise<void> {
    for (const database of this.databases) await database.close();
    await this.drop();
  }
}
