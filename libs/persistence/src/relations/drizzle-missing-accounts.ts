import { sql, type SQL } from 'drizzle-orm';
import { asId, type AdministrationId, type TenantId, type WriteIntentId } from '@koppel/domain/kernel';
import type { WritePolicy } from '@koppel/domain/administrations';
import {
  answerLookMs,
  awaitingAnswer,
  callsPerCreate,
  type CallRates,
  type MeantAs,
  type MeantSum,
  type MissedIn,
  type MissingAccounts,
  type MissingSum,
  type SharedField,
  type WritePace,
} from '@koppel/domain/relations';
import { column } from '../array-parameter.js';
import type { Tx } from '../database.js';
import { beforeAllIds } from './arrays.js';
import { questioned } from './questioned.js';

/** Some seconds per statement, far from where one is cancelled. */
const accountsPerStatement = 100_000;
/** A thousand million accounts. */
const portionsMax = 10_000;
const afterAllIds = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Relations of which the id is higher than the first one, up to and including the second. */
type Range = readonly [after: string, until: string];

/** Missing accounts over Postgres: a statement for each hundred thousand, which leave the database as sums only. */
export class DrizzleMissingAccounts implements MissingAccounts {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
    private readonly perStatement = accountsPerStatement,
  ) {}

  async sumUp(of: MissedIn): Promise<MissingSum> {
    const totals = new Totals();
    for await (const range of this.ranges(of))
      totals.add(
        await this.tx.execute<SumRow>(sql`
          with missing as (${this.missing(of, { range, totals })})
          select administration_id, ${counts}, ${sums}, '{}'::uuid[] as at_once
          from missing group by administration_id`),
      );
    return totals.sum();
  }

  async meanAll(of: MissedIn, { byName, purpose, now, pace }: MeantAs): Promise<MeantSum> {
    const totals = new Totals();
    const at = sql`${now.toISOString()}::timestamptz`;
    const number = sql`before + row_number() over (partition by administration_id, is_asked order by relation_id) as number`;
    for await (const range of this.ranges(of)) {
      const rows = await this.tx.execute<SumRow>(sql`
          with missing as (${this.missing(of, { range, totals, pace })}), numbered as (select *, ${number} from missing), meant as (
            insert into write_intents (id, tenant_id, administration_id, relation_id, kind, roles, patch, state, purpose, created_by,
              created_at, failure, due_at)
            select ${newIdAt(now, sql`number`)}, ${this.tenantId}::uuid, administration_id, relation_id, 'create', roles, patch,
              'planned', ${purpose}, ${byName}, ${at}, case when is_asked then ${JSON.stringify(awaitingAnswer)}::jsonb end,
              ${at} + case when is_asked then ${answerLook} else ${waitAt(pace.rates)} end
            from numbered
            returning id, administration_id, relation_id, roles, patch, due_at)
          select administration_id, ${counts}, ${sums},
            coalesce(array_agg(id order by relation_id) filter (where due_at <= ${at}), '{}') as at_once
          from meant join (select administration_id, relation_id, is_asked, parts from numbered) as n using (administration_id, relation_id)
          group by administration_id`);
      totals.add(rows);
      for (const row of rows) pace.add(asId(row.administration_id), row.accounts * callsPerCreate);
    }
    return { ...totals.sum(), atOnce: totals.atOnce };
  }

  /** All relations in portions, in the order of their ids. */
  private async *ranges({ administrations }: MissedIn): AsyncGenerator<Range> {
    if (administrations.length === 0) return;
    const others = Math.ceil(this.perStatement / administrations.length) - 1;
    let after = beforeAllIds;
    for (let portion = 0; portion < portionsMax; portion += 1) {
      const [last] = await this.tx.execute<{ id: string }>(sql`select id from relations
        where tenant_id = ${this.tenantId}::uuid and id > ${after}::uuid order by id offset ${others} limit 1`);
      yield [after, last?.id ?? afterAllIds];
      if (!last) return;
      after = last.id;
    }
  }

  /** What `findLacking` and `rolesElsewhere` say one by one. */
  private missing(
    { administrations, today }: MissedIn,
    {
      range: [after, until],
      totals,
      pace,
    }: { readonly range: Range; readonly totals: Totals; readonly pace?: WritePace },
  ): SQL {
    const ids = column(administrations, ({ id }) => id);
    const kept = column(administrations, ({ writePolicy }) => fieldsKept(writePolicy).join(' '));
    const before = column(administrations, ({ id }) => totals.accountsOf(id));
    const called = column(administrations, ({ id }) => pace?.callsOf(id) ?? 0);
    return sql`
      select r.id as relation_id, a.before, a.called, a.id as administration_id, array_remove(array[
          case when p.is_customer then 'customer' end, case when p.is_supplier then 'supplier' end], null) as roles,
        r.values - string_to_array(a.kept, ' ') as patch, q.parts,
        asked.relation_id is not null as is_asked
      from relations r
      join (
        select l.relation_id, array_agg(distinct s.administration_id) as places, bool_or(s.is_customer) as is_customer,
          bool_or(s.is_supplier) as is_supplier, bool_or(not s.is_blocked and coalesce(s.ends_on, ${today}) >= ${today}
            and s.fields -> 'local' ->> 'isAnonymised' is distinct from 'true') as is_usable
        from links l join source_relations s on s.id = l.source_relation_id and s.state = 'present'
        where l.tenant_id = ${this.tenantId}::uuid and l.state = 'linked'
          and l.relation_id > ${after}::uuid and l.relation_id <= ${until}::uuid
        group by l.relation_id) p on p.relation_id = r.id and p.is_usable
      left join (${this.parts([after, until])}) q on q.relation_id = r.id
      cross join unnest(${ids}::uuid[], ${kept}::text[], ${before}::int[], ${called}::int[])
        as a(id, kept, before, called)
      left join (${questioned(this.tenantId, (id) => sql`${id} > ${after}::uuid and ${id} <= ${until}::uuid`)}) asked
        on asked.relation_id = r.id and asked.administration_id = a.id
      where r.tenant_id = ${this.tenantId}::uuid and r.id > ${after}::uuid and r.id <= ${until}::uuid and r.state = 'active'
        and not r.is_intercompany and not a.id = any(p.places)
        and not exists (select from write_intents w where w.tenant_id = r.tenant_id and w.relation_id = r.id
          and w.administration_id = a.id and w.kind = 'create' and w.part is null
          and w.state in ('planned', 'sent', 'uncertain'))`;
  }

  /** What the addresses and contact persons of a new account are taken from (`partsOfNew`), in a sum. */
  private parts([after, until]: Range): SQL {
    return sql`
      select l.relation_id, sum(hashtextextended(concat_ws(' ', p.administration_id, p.kind, p.exact_id, p.fields), 1)) as parts
      from (select distinct relation_id, source_relation_id from links where tenant_id = ${this.tenantId}::uuid and state = 'linked'
          and not is_alias and relation_id > ${after}::uuid and relation_id <= ${until}::uuid) l
      join source_relations s on s.id = l.source_relation_id and s.state = 'present'
        and s.fields -> 'local' ->> 'isAnonymised' is distinct from 'true'
      join source_parts p on p.tenant_id = s.tenant_id and p.administration_id = s.administration_id
        and p.account_exact_id = s.exact_id and p.state = 'present' and p.kind <> 'bank-account'
      group by l.relation_id`;
  }
}

/** Exact wants a name. */
function fieldsKept({ localFields }: WritePolicy): SharedField[] {
  return localFields.filter((field) => field !== 'name');
}

/** In no order, so that nothing is sorted for it. */
const said = sql.raw(`concat_ws(' ', administration_id, relation_id, roles, patch, parts, is_asked)`);
const sums = sql`sum(hashtextextended(${said}, 1))::text as one, sum(hashtextextended(${said}, 2))::text as other`;

const counts = sql.raw(`count(*) filter (where not is_asked)::int as accounts,
  count(*) filter (where is_asked)::int as waiting`);

/** Looked at one after the other, so that thousands do not wake together. */
const answerLook = sql`${answerLookMs / 1000}::int * interval '1 second' + number * interval '1 second'`;

/** As `WritePace` has it. */
function waitAt({ atOnce, perMinute, perDay }: CallRates): SQL {
  const calls = sql`(called + (number - before - 1) * ${callsPerCreate}::int)`;
  return sql`case when ${calls} >= ${perDay}::int then interval '24 hours' + (${calls} - ${perDay}::int) * (interval '24 hours' / ${perDay}::int)
    else ceil(greatest(0, ${calls} + ${callsPerCreate}::int - ${atOnce}::int)::numeric / ${perMinute}::int) * interval '1 minute' end`;
}

/** As `newIdAt` makes them, with a counter of 24 bits first (RFC 9562 section 6.2, method 1): a million go to the right-hand side of the index. */
function newIdAt(now: Date, number: SQL): SQL {
  const hex = now.getTime().toString(16).padStart(12, '0');
  const moment = `${hex.slice(0, 8)}-${hex.slice(8)}-7`;
  const counter = sql`lpad(to_hex(${number} % 16777216), 6, '0')`;
  return sql`(${moment} || left(${counter}, 3) || '-8' || right(${counter}, 3) || right(gen_random_uuid()::text, 13))::uuid`;
}

type SumRow = {
  administration_id: string;
  accounts: number;
  waiting: number;
  one: string;
  other: string;
  at_once: string[];
};

interface Sum {
  readonly accounts: number;
  readonly waiting: number;
  readonly one: bigint;
  readonly other: bigint;
}

/** What the portions say together. */
class Totals {
  private readonly rows = new Map<AdministrationId, Sum>();
  readonly atOnce: WriteIntentId[] = [];

  add(rows: readonly SumRow[]): void {
    for (const row of rows) {
      const id = asId<AdministrationId>(row.administration_id);
      const { accounts = 0, waiting = 0, one = 0n, other = 0n }: Partial<Sum> = this.rows.get(id) ?? {};
      this.rows.set(id, {
        accounts: accounts + row.accounts,
        waiting: waiting + row.waiting,
        one: one + BigInt(row.one),
        other: other + BigInt(row.other),
      });
      this.atOnce.push(...row.at_once.map((each) => asId<WriteIntentId>(each)));
    }
  }

  accountsOf(id: AdministrationId): number {
    return this.rows.get(id)?.accounts ?? 0;
  }

  sum(): MissingSum {
    const rows = [...this.rows].sort(([one], [other]) => (one < other ? -1 : 1));
    const countsOf = (key: 'accounts' | 'waiting') =>
      new Map(rows.map(([id, sum]) => [id, sum[key]] as const).filter(([, count]) => count > 0));
    return {
      counts: countsOf('accounts'),
      waiting: countsOf('waiting'),
      digest: rows.map(([id, { one, other }]) => `${id} ${one} ${other}`).join(' '),
    };
  }
}
