import type { Sql } from 'postgres';

/** F45 and F80: what came back in Exact is used again, and nobody is told any more that it was gone. */
export async function checkAccess(sql: Sql): Promise<string[]> {
  const closed = await sql<{ division: number; state: string; reason: string | null }[]>`
    select division, state, state_reason as reason from administrations where activated_at is not null and state <> 'active'`;
  const broken = await sql<{ state: string; reason: string | null }[]>`
    select state, state_reason as reason from connections where state <> 'active'`;
  const told = await sql<{ cause: string; count: number }[]>`
    select cause, count(*)::int as count from issues
    where state = 'open' and cause in ('administration-forbidden', 'connection-broken') group by cause`;
  return [
    ...closed.map(({ division, state, reason }) => `F80 administration ${division} is ${state} (${reason})`),
    ...broken.map(({ state, reason }) => `F45 a connection is ${state} (${reason})`),
    ...told.map(({ cause, count }) => `F80 ${count} issues still say ${cause}`),
  ];
}
