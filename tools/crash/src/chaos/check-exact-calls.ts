import type { JournalEntry } from '@koppel/exact-sandbox';
import type { Evidence } from './check.js';

/** Counted errors of one endpoint and hour: Exact blocks at ten (F3A). */
const countedErrorsMax = 8;

/** I2, I4 and I5, as the sandbox counted them. */
export async function checkExactCalls(evidence: Evidence): Promise<string[]> {
  const { sql, sandbox, reconnections, revocations } = evidence;
  const counters = sandbox.journal.counters();
  const entries = sandbox.journal.entries();
  const tooMany = entries.filter(({ status, fault }) => status === 429 && fault === undefined).length;
  // A new token that was lost costs one call with the old one, and a person's consent.
  const lost = Math.max(0, reconnections - revocations);
  const none = { 'second uses of a refresh token': counters.secondRefreshTokenUses - lost };
  const wrong = Object.entries({
    ...none,
    'refreshes before their time': counters.tooEarlyRefreshes,
    'calls above the day limit': counters.tooManyPerDay,
    'calls while blocked': counters.blockedCalls,
    'answers 429 that no fault made': tooMany,
  })
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${what.includes('refresh') ? 'I4' : 'I5'} ${count} ${what}`);
  if (counters.countedErrorsPerHourMax > countedErrorsMax)
    wrong.push(`I5 ${counters.countedErrorsPerHourMax} counted errors of one endpoint in an hour`);
  return [...wrong, ...(await checkWrites(sql, entries)), ...(await checkPartWrites(sql, entries))];
}

/** Every write that Exact carried out was meant, and once: there are no more effects on an account than intents for it. */
async function checkWrites(sql: Evidence['sql'], entries: readonly JournalEntry[]): Promise<string[]> {
  const effects = entries.filter(({ hasEffect, endpoint }) => hasEffect && endpoint === 'crm/Accounts');
  const created = effects.filter(({ method }) => method === 'POST').length;
  const rows = await sql<{ exact_id: string; meant: number }[]>`
    select s.exact_id, count(*)::int as meant from write_intents w join source_relations s on s.id = w.source_relation_id
    where w.kind = 'update' and w.part is null and w.attempts > 0 group by s.exact_id`;
  const [creates] = await sql<{ count: number }[]>`
    select count(*)::int as count from write_intents where kind = 'create' and part is null and attempts > 0`;
  const meant = new Map(rows.map((row) => [row.exact_id, row.meant]));
  const updates = Map.groupBy(
    effects.filter(({ method }) => method === 'PUT'),
    accountOf,
  );
  const wrong = [...updates].filter(([id, all]) => all.length > (meant.get(id) ?? 0));
  const tooOften: string[] = [];
  for (const [id, all] of wrong) {
    const times = `I2 account ${id} was written ${all.length} times for ${meant.get(id) ?? 0} intents`;
    tooOften.push(`${times}: ${all.map(told).join(', ')}; meant: ${await intentsOf(sql, id)}`);
  }
  return created > (creates?.count ?? 0)
    ? [...tooOften, `I2 ${created} accounts made for ${creates?.count ?? 0} intents`]
    : tooOften;
}

/** What was meant for an account, for who looks into it; fields without their values. */
async function intentsOf(sql: Evidence['sql'], exactId: string): Promise<string> {
  const rows = await sql<
    Record<'state' | 'fields' | 'created_at' | 'sent_at' | 'settled_at', string | null>[]
  >`
    select w.state || ' after ' || w.attempts as state, w.created_at::text, w.sent_at::text, w.settled_at::text,
      coalesce(w.part ->> 'kind', '') || ' ' || (select string_agg(key, '+') from jsonb_object_keys(w.patch) as key) as fields
    from write_intents w join source_relations s on s.id = w.source_relation_id where s.exact_id = ${exactId}::uuid order by w.created_at`;
  return rows
    .map((row) => `${row.fields} ${row.state} (${row.created_at}, ${row.sent_at}, ${row.settled_at})`)
    .join('; ');
}

const partEndpoints = {
  contact: 'crm/Contacts',
  address: 'crm/Addresses',
  'bank-account': 'crm/BankAccounts',
};

/** As `checkWrites`, for contact persons, addresses and bank accounts. */
async function checkPartWrites(sql: Evidence['sql'], entries: readonly JournalEntry[]): Promise<string[]> {
  const rows = await sql<{ kind: keyof typeof partEndpoints; id: string | null; meant: number }[]>`
    select part ->> 'kind' as kind, part ->> 'exactId' as id, count(*)::int as meant from write_intents
    where part is not null and attempts > 0 group by 1, 2`;
  return Object.entries(partEndpoints).flatMap(([kind, endpoint]) => {
    const meant = rows.filter((row) => row.kind === kind);
    const creates = meant.find(({ id }) => id === null)?.meant ?? 0;
    const effects = entries.filter((entry) => entry.hasEffect && entry.endpoint === endpoint);
    const made = effects.filter(({ method }) => method === 'POST').length;
    const updates = Map.groupBy(
      effects.filter(({ method }) => method === 'PUT'),
      accountOf,
    );
    const tooOften = [...updates].filter(
      ([id, all]) => all.length > (meant.find((row) => row.id === id)?.meant ?? 0) + creates,
    );
    return [
      ...tooOften.map(
        ([id, all]) =>
          `I2 ${kind} ${id} was written ${all.length} times, more often than meant: ${all.map(told).join(', ')}`,
      ),
      ...(made > creates ? [`I2 ${made} of ${endpoint} made for ${creates} intents`] : []),
    ];
  });
}

function accountOf({ path, key }: JournalEntry): string {
  return (/guid'([0-9a-f-]{36})'/i.exec(decodeURIComponent(path))?.[1] ?? key ?? '').toLowerCase();
}

/** When it was, and how it was answered. */
function told({ at, status, fault }: JournalEntry): string {
  return `${new Date(at).toISOString()} ${status}${fault === undefined ? '' : ` (${fault})`}`;
}
