import type { Evidence } from './check.js';
import type { Answer, Belief, Reviewer } from './reviewer.js';

interface Kept {
  readonly id: string;
  readonly state: string;
  readonly phone: string | null;
  /** Phone numbers in the mirror of its accounts. */
  readonly phones: (string | null)[];
  readonly has_conflict: boolean;
  readonly has_failed: boolean;
  readonly writes: string | null;
}

/** I6 and I10: what a person was told is kept was written to every account, and stands in the history exactly once. */
export async function checkDecisions({ sql, reviewer }: Evidence): Promise<string[]> {
  const ids = [...reviewer.beliefs.keys()];
  const rows = await sql<Kept[]>`select r.id, r.state, r.values ->> 'phone' as phone,
      array_remove(array_agg(distinct s.fields -> 'shared' ->> 'phone'), null) as phones,
      exists (select from conflicts c where c.relation_id = r.id and c.field = 'phone' and c.state = 'open') as has_conflict,
      exists (select from write_intents w where w.relation_id = r.id and w.state = 'failed') as has_failed,
      (select string_agg(w.state || ' ' || w.patch::text, '; ' order by w.created_at) from write_intents w where w.relation_id = r.id) as writes
    from relations r left join links l on l.relation_id = r.id and l.state = 'linked'
      left join source_relations s on s.id = l.source_relation_id and s.state = 'present' and not l.is_alias
    where r.id = any(${ids}) group by r.id`;
  const kept = new Map(rows.map((row) => [row.id, row]));
  const wrong = ids.flatMap((id) => judge(kept.get(id), reviewer.beliefs.get(id), id));
  return [...wrong, ...(await checkHistory(sql, reviewer)), ...(await checkApprovals(sql, reviewer))];
}

/** I6: a question that was approved is closed for good; what it asks again is another one. */
async function checkApprovals(sql: Evidence['sql'], { approved }: Reviewer): Promise<string[]> {
  const rows = await sql<{ id: string; state: string }[]>`
    select id, state from issues where id = any(${[...approved]}::uuid[]) and state <> 'resolved'`;
  return rows.map(({ id, state }) => `I6 the question ${id}, which was approved, is ${state}`);
}

/** A relation that was merged or deleted meanwhile is another story: its number may have given way to another's. */
function judge(row: Kept | undefined, belief: Belief | undefined, id: string): string[] {
  if (!row) return [`I6 relation ${id} is gone`];
  if (!belief || row.state !== 'active' || row.has_conflict) return [];
  const allowed = [belief.acknowledged, ...belief.unanswered];
  if (!allowed.includes(row.phone ?? '') && belief.acknowledged !== undefined)
    return [`I6 relation ${id} has phone ${row.phone}, a person was told ${belief.acknowledged}`];
  const isWritten = row.has_failed || row.phones.every((phone) => phone === row.phone);
  const isMine = allowed.includes(row.phone ?? '');
  return isMine && !isWritten
    ? [`I6 relation ${id} has phone ${row.phone}, its accounts ${row.phones.join(', ')}: ${row.writes}`]
    : [];
}

/** I10: an edit that was acknowledged stands in the history once, an unanswered one at most once, and nothing else does. */
async function checkHistory(sql: Evidence['sql'], { answers }: Reviewer): Promise<string[]> {
  const rows = await sql<{ phone: string | null; count: number }[]>`
    select relation -> 'values' ->> 'phone' as phone, count(*)::int as count
    from actions a cross join lateral jsonb_array_elements(a.after -> 'relations') relation
    where a.kind = 'edit' group by 1`;
  const entries = new Map(rows.map(({ phone, count }) => [phone ?? '', count]));
  const unknown = [...entries.keys()].filter((phone) => !answers.has(phone));
  return [
    ...unknown.map((phone) => `I10 the history has an edit to "${phone}", which nobody made`),
    ...[...answers].flatMap(([phone, answer]) => {
      const count = entries.get(phone) ?? 0;
      const [least, most] = entriesOf[answer];
      return count < least || count > most
        ? [`I10 the ${answer} edit to ${phone} stands ${count} times`]
        : [];
    }),
  ];
}

const entriesOf: Readonly<Record<Answer, readonly [least: number, most: number]>> = {
  acknowledged: [1, 1],
  unanswered: [0, 1],
  refused: [0, 0],
};
