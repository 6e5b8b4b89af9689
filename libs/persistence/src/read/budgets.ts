import { sql } from 'drizzle-orm';
import type { Tx } from '../database.js';
import { administrations, budgetWindows } from '../schema/index.js';

export interface BudgetUse {
  readonly minuteUsed: number;
  readonly minuteAllowed: number;
  readonly dayUsed: number;
  readonly dayAllowed: number;
}

/** Exact's documented limits (exact-online.md 2.1), shown until an answer told others. */
const documented = { minute: 60, day: 5_000 };

/** What is used of Exact's limits now, per administration. A window that has ended counts as unused. */
export async function readBudgets(tx: Tx): Promise<Map<string, BudgetUse>> {
  const rows = await tx
    .select({
      id: administrations.id,
      window: budgetWindows.window,
      used: sql<number>`case when ${budgetWindows.resetsAt} > now() then ${budgetWindows.used} else 0 end`,
      allowed: budgetWindows.allowed,
    })
    .from(administrations)
    .innerJoin(
      budgetWindows,
      sql`${budgetWindows.region} = ${administrations.region} and ${budgetWindows.division} = ${administrations.division}`,
    );
  const uses = new Map<string, BudgetUse>();
  for (const row of rows) {
    const use = uses.get(row.id) ?? unusedBudget;
    uses.set(
      row.id,
      row.window === 'minute'
        ? { ...use, minuteUsed: row.used, minuteAllowed: row.allowed }
        : { ...use, dayUsed: row.used, dayAllowed: row.allowed },
    );
  }
  return uses;
}

/** Nothing used of the documented limits. */
export const unusedBudget: BudgetUse = {
  minuteUsed: 0,
  minuteAllowed: documented.minute,
  dayUsed: 0,
  dayAllowed: documented.day,
};
