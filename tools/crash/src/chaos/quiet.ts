import { setTimeout as delay } from 'node:timers/promises';
import type { Sql } from 'postgres';

const lookEveryMs = 250;

export interface Quiet {
  readonly tookMs: number;
  /** What still waited when the bound was over, by name; empty when all was done. */
  readonly left: Readonly<Record<string, number>>;
}

export interface QuietOptions {
  readonly boundMs: number;
  /** Brings what waits for a time forward instead of living through it: minutes, when an answer to a write was lost. */
  readonly isHurried: boolean;
}

/** Waits until no work waits any more (I11). */
export async function untilQuiet(sql: Sql, { boundMs, isHurried }: QuietOptions): Promise<Quiet> {
  const startedAt = performance.now();
  for (;;) {
    const left = await waitingWork(sql);
    const tookMs = Math.round(performance.now() - startedAt);
    if (Object.keys(left).length === 0 || tookMs > boundMs) return { tookMs, left };
    if (isHurried) await hurry(sql);
    await delay(lookEveryMs);
  }
}

async function waitingWork(sql: Sql): Promise<Record<string, number>> {
  const [row] = await sql<Record<string, number>[]>`select
    (select count(*)::int from sync_runs where state in ('fetching', 'aside', 'comparing')) as runs,
    (select count(*)::int from write_intents where state in ('planned', 'sent', 'uncertain')) as writes,
    (select count(*)::int from notices where due_at is not null) as notices,
    (select count(*)::int from outbox where dispatched_at is null) as messages`;
  return Object.fromEntries(Object.entries(row ?? {}).filter(([, count]) => count > 0));
}

/** Only what has waited for some seconds: whoever works on it now has had the time to say so. The sweeper finds it then. */
async function hurry(sql: Sql): Promise<void> {
  await sql`update write_intents set due_at = now() - interval '10 s'
    where state in ('sent', 'uncertain') and due_at > now() and sent_at < now() - interval '8 s'`;
  await sql`update sync_steps set due_at = now() - interval '10 s' where state = 'waiting' and due_at > now() + interval '5 s'`;
  await sql`update notices set due_at = now() where due_at > now() + interval '5 s'`;
  await sql`update outbox set available_at = now() where dispatched_at is null and available_at > now() + interval '5 s'`;
}
