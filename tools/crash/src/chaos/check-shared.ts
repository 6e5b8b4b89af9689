import type { Sql } from 'postgres';
import { isEmpty, saysTheSame, sharedFieldNames } from '@koppel/domain/relations';
import type { SharedField, SharedValues } from '@koppel/domain/relations';

/** An account that shares what its relation says, with both their values. */
interface Sharing {
  readonly account: string;
  readonly relation: string;
  readonly division: number;
  readonly values: SharedValues;
  readonly says: SharedValues;
  /** Fields that a person has to decide on, and what could not be written. */
  readonly open: readonly SharedField[] | null;
  readonly failed: readonly Partial<SharedValues>[] | null;
}

/** Who shared what, by account, before the attacks. */
export type SharedBefore = ReadonlyMap<string, Sharing>;

const linesMax = 10;

/** As it stood when the coupling became active, without anything being written. */
export async function sharedBefore(sql: Sql): Promise<SharedBefore> {
  const all = await sharing(sql);
  return new Map(all.map((each) => [each.account, each]));
}

/**
 * I1 of what is shared: a value is the same in the relation and in each of its accounts, but where a person has to decide, where Exact refused
 * it, and in an account that stood apart all the time. Accounts that came or went over to another relation meanwhile are another story.
 */
export async function checkShared(sql: Sql, before: SharedBefore): Promise<string[]> {
  const now = await sharing(sql);
  const wrong = now.flatMap((each) => {
    const then = before.get(each.account);
    return then?.relation === each.relation ? differences(each, then) : [];
  });
  const looked = now.length > 0 ? [] : ['I1 no account shares anything, so that nothing could be seen'];
  return [...looked, ...wrong.slice(0, linesMax)];
}

function differences(now: Sharing, then: Sharing): string[] {
  return sharedFieldNames
    .filter((field) => !isEmpty(now.values[field]) && !saysTheSame(field, now.says[field], now.values[field]))
    .filter((field) => !isExcused(now, field) && !stoodApart(field, now, then))
    .map(
      (field) =>
        `I1 ${now.division} says ${field} ${JSON.stringify(now.says[field])} in account ${now.account}, ` +
        `its relation ${now.relation} ${JSON.stringify(now.values[field])}`,
    );
}

function isExcused({ open, failed }: Sharing, field: SharedField): boolean {
  return (open?.includes(field) ?? false) || (failed?.some((patch) => field in patch) ?? false);
}

/** Who said something else before and says it still is never overwritten unseen. */
function stoodApart(field: SharedField, now: Sharing, then: Sharing): boolean {
  return (
    saysTheSame(field, now.says[field], then.says[field]) &&
    !saysTheSame(field, then.says[field], then.values[field])
  );
}

async function sharing(sql: Sql): Promise<Sharing[]> {
  return sql<Sharing[]>`
    select distinct on (s.id) s.exact_id as account, r.id as relation, a.division, r.values, s.fields -> 'shared' as says,
      (select json_agg(c.field) from conflicts c where c.relation_id = r.id and c.state = 'open') as open,
      (select json_agg(w.patch) from write_intents w
        where w.source_relation_id = s.id and w.state = 'failed' and w.part is null) as failed
    from links l join relations r on r.id = l.relation_id
      join source_relations s on s.id = l.source_relation_id
      join administrations a on a.id = s.administration_id
    where l.state = 'linked' and not l.is_alias and r.state = 'active' and s.state = 'present' and a.state = 'active'
      and not s.fields -> 'local' ? 'isAnonymised'
    order by s.id, l.role`;
}
