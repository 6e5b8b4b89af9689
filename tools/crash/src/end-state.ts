import { sql } from 'drizzle-orm';
import type { Sandbox } from '@koppel/exact-sandbox';
import type { TenantId } from '@koppel/domain/kernel';
import { connect, inTenant } from '@koppel/persistence';
import { verifyHistory } from '@koppel/persistence/history';

type Row = Readonly<Record<string, unknown>>;

/** The packed keys one by one, as `packed-keys.ts` of the persistence writes them: 4 bytes of the hash, 16 of the account's id. */
const keysOfBuckets = `select distinct encode(substr(entries, at + 5, 16), 'hex')::uuid as source_relation_id,
  bucket, encode(substr(entries, at + 1, 4), 'hex') as hash
  from match_key_buckets, generate_series(0, octet_length(entries) - 1, 20) as at`;

/** What must be the same however often a process died; no ids of ours, no times, no counts of calls and tries. */
const tables: Readonly<Record<string, string>> = {
  account: `select administration_id, exact_id, state, content_hash, base is not null as is_uncompared, is_blocked from source_relations`,
  part: `select administration_id, kind, exact_id, account_exact_id, state, fields, base is not null as is_uncompared from source_parts`,
  master: `select administration_id, kind, exact_id, code, description, is_blocked, fields from masters`,
  cursor: `select administration_id, kind, timestamp from cursors where kind <> 'bank-accounts'`,
  since: `select administration_id, timestamp from cursors where kind = 'bank-accounts'`,
  relation: `select id, name, "values", "leading", state, survivor_id, is_intercompany, version from relations`,
  link: `select source_relation_id, role, relation_id, state, origin, is_alias from links`,
  key: keysOfBuckets,
  proposal: `select kind, administration_id, source_a, source_b, relation_a, relation_b, score, state, decided_by from proposals`,
  judgement: `select source_a, source_b, verdict, actor_id from judgements`,
  conflict: `select relation_id, field, candidates, state from conflicts`,
  action: `select kind, actor_id, relation_ids, before, after, facts, undo_of is not null as is_undo, undone_by is not null as is_undone
    from actions`,
  write: `select kind, administration_id, source_relation_id, part, patch, state from write_intents`,
  issue: `select cause, cause_key, administration_id, params, state from issues`,
  run: `select kind, state, statistics - 'calls' - 'fetched' - 'changed' as statistics from sync_runs`,
  step: `select administration_id, kind, state, rejected, is_full_read, lease_owner is not null as is_held from sync_steps`,
  brought: `select administration_id, kind, records::text as what from sync_steps
    union all select null, kind, statistics->>'fetched' || ' fetched, ' || (statistics->>'changed') || ' changed' from sync_runs`,
  administration: `select id, state, code, state_reason, last_synced_at is not null as is_synced from administrations`,
  message: `select message ->> 'kind' as kind from outbox where dispatched_at is null`,
};

/** One line per fact of what Koppel holds, sorted. */
export async function koppelFacts(databaseUrl: string, tenantId: TenantId): Promise<string[]> {
  const database = connect(databaseUrl, { max: 1 });
  try {
    const { entries, unsealed, faults } = await verifyHistory(database, { tenantId });
    return await inTenant(database, tenantId, async (tx) => {
      const select = async (query: string): Promise<Row[]> => [
        ...(await tx.execute<Record<string, unknown>>(sql.raw(query))),
      ];
      const names = await namesOfIds(select);
      const lines = [`chain ${JSON.stringify({ entries, unsealed, faults })}`];
      for (const [name, query] of Object.entries(tables))
        for (const row of await select(query)) lines.push(`${name} ${canonical(row, names)}`);
      return lines.sort();
    });
  } finally {
    await database.close();
  }
}

/** What Koppel writes to. */
const written = ['Accounts', 'Addresses', 'Contacts', 'BankAccounts'] as const;

/** One line per account of the sandbox, and per part of one: what was written there. */
export function exactFacts({ world }: Sandbox): string[] {
  return world.divisions
    .flatMap(({ code, tables }) =>
      written.flatMap((name) =>
        [...tables[name].all()].map((row) => {
          const { $row, $stamp: _stamp, $modified: _modified, $created: _created, ...values } = row;
          return `${code} ${name} ${tables[name].guid($row)} ${JSON.stringify(values)}`;
        }),
      ),
    )
    .sort();
}

/** Ids of ours in words that every run agrees on: an account by Exact's id, a relation by its first account. */
async function namesOfIds(select: (query: string) => Promise<Row[]>): Promise<ReadonlyMap<string, string>> {
  const accounts = await select(`select id, exact_id as word from source_relations`);
  const relations = await select(
    `select l.relation_id as id, 'relation of ' || min(s.exact_id::text || l.role) as word
      from links l join source_relations s on s.id = l.source_relation_id group by l.relation_id`,
  );
  const merged = await select(
    `select id, 'merged: ' || name as word from relations r where not exists (select from links where relation_id = r.id)`,
  );
  const questions = await select(
    `select p.id, 'question of ' || a.exact_id || ' and ' || b.exact_id as word from proposals p
      join source_relations a on a.id = p.source_a join source_relations b on b.id = p.source_b`,
  );
  const issues = await select(`select id, 'issue: ' || cause as word from issues`);
  const named = [...accounts, ...relations, ...merged, ...questions, ...issues];
  return new Map(named.map(({ id, word }) => [String(id), String(word)]));
}

const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const moments = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;

function canonical(row: Row, names: ReadonlyMap<string, string>): string {
  return JSON.stringify(inWords(row, names));
}

/** Lists of what an act touched are in the order of ids of ours. */
const unordered: ReadonlySet<string> = new Set(['relations', 'links', 'proposals', 'verdicts', 'sources']);

function inWords(value: unknown, names: ReadonlyMap<string, string>, key?: string): unknown {
  if (typeof value === 'string')
    return value.replace(uuids, (id) => names.get(id) ?? id).replace(moments, 'then');
  if (Array.isArray(value)) {
    const all = value.map((each) => inWords(each, names));
    return key !== undefined && unordered.has(key) ? all.sort(byText) : all;
  }
  if (!isPlain(value)) return value;
  const entries = Object.entries(value).map(([name, each]) => [
    inWords(name, names),
    inWords(each, names, name),
  ]);
  return Object.fromEntries(entries.sort(byText)) as Row;
}

function isPlain(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function byText(one: unknown, other: unknown): number {
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}
