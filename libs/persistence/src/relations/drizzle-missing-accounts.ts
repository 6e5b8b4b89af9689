import { sql, type SQL } from 'drizzle-orm';
import { asId, type AdministrationId, type TenantId, type WriteIntentId } from '@koppel/domain/kernel';
import type { WritePolicy } from '@koppel/domain/administrations';
import type {
  MeantAs,
  MeantSum,
  MissedIn,
  MissingAccounts,
  MissingSum,
  SharedField,
} from '@koppel/domain/relations';
import { column } from '../array-parameter.js';
import type { Tx } from '../database.js';

/** Missing accounts over Postgres: one statement, whatever their number. */
export class DrizzleMissingAccounts implements MissingAccounts {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async sumUp(of: MissedIn): Promise<MissingSum> {
    const rows = await this.tx.execute<SumRow>(sql`
      with missing as (${this.missing(of)})
      select administration_id, count(*)::int as accounts, ${digest}, '{}'::uuid[] as at_once
      from missing group by administration_id order by administration_id`);
    return sumOf(rows);
  }

  async meanAll(of: MissedIn, { byName, purpose, now, pace }: MeantAs): Promise<MeantSum> {
    const at = sql`${now.toISOString()}::timestamptz`;
    const number = sql`row_number() over (partition by administration_id order by relation_id) as number`;
    const wait = sql`greatest(0, number - ${pace.atOnce}::int) * ${pace.everyMs}::int * interval '1 millisecond'`;
    const rows = await this.tx.execute<SumRow>(sql`
      with missing as (${this.missing(of)}), numbered as (select *, ${number} from missing), meant as (
        insert into write_intents (id, tenant_id, administration_id, relation_id, kind, roles, patch, state, purpose, created_by, created_at, due_at)
        select ${newIdAt(now, sql`number`)}, ${this.tenantId}::uuid, administration_id, relation_id, 'create', roles, patch, 'planned', ${purpose}, ${byName},
          ${at}, ${at} + ${wait}
        from numbered
        returning id, administration_id, relation_id, patch, due_at)
      select administration_id, count(*)::int as accounts, ${digest},
        coalesce(array_agg(id order by relation_id) filter (where due_at <= ${at}), '{}') as at_once
      from meant group by administration_id order by administration_id`);
    return {
      ...sumOf(rows),
      atOnce: rows.flatMap((row) => row.at_once.map((id) => asId<WriteIntentId>(id))),
    };
  }

  /** What `findLacking` and `rolesElsewhere` say one by one. */
  private missing({ administrations, today }: MissedIn): SQL {
    const ids = column(administrations, ({ id }) => id);
    const kept = column(administrations, ({ writePolicy }) => fieldsKept(writePolicy).join(' '));
    return sql`
      select r.id as relation_id, a.id as administration_id, array_remove(array[
          case when p.is_customer then 'customer' end, case when p.is_supplier then 'supplier' end], null) as roles,
        r.values - string_to_array(a.kept, ' ') as patch
      from relations r
      join (
        select l.relation_id, array_agg(distinct s.administration_id) as places, bool_or(s.is_customer) as is_customer,
          bool_or(s.is_supplier) as is_supplier, bool_or(not s.is_blocked and coalesce(s.ends_on, ${today}) >= ${today}
            and s.fields -> 'local' ->> 'isAnonymised' is distinct from 'true') as is_usable
        from links l join source_relations s on s.id = l.source_relation_id and s.state = 'present'
        where l.tenant_id = ${this.tenantId}::uuid and l.state = 'linked'
        group by l.relation_id) p on p.relation_id = r.id and p.is_usable
      cross join unnest(${ids}::uuid[], ${kept}::text[]) as a(id, kept)
      where r.tenant_id = ${this.tenantId}::uuid and r.state = 'active' and not r.is_intercompany and not a.id = any(p.places)
        and not exists (select from write_intents w where w.tenant_id = r.tenant_id and w.relation_id = r.id
          and w.administration_id = a.id and w.kind = 'create' and w.part is null
          and w.state in ('planned', 'sent', 'uncertain'))`;
  }
}

/** Exact wants a name. */
function fieldsKept({ localFields }: WritePolicy): SharedField[] {
  return localFields.filter((field) => field !== 'name');
}

/** In no order, so that nothing is sorted for it. */
const said = sql.raw(`concat_ws(' ', administration_id, relation_id, patch)`);
const digest = sql`sum(hashtextextended(${said}, 1))::text || ' ' || sum(hashtextextended(${said}, 2))::text as digest`;

/** As `newIdAt` makes them, with a counter of 24 bits first (RFC 9562 section 6.2, method 1): a million go to the right-hand side of the index. */
function newIdAt(now: Date, number: SQL): SQL {
  const hex = now.getTime().toString(16).padStart(12, '0');
  const moment = `${hex.slice(0, 8)}-${hex.slice(8)}-7`;
  const counter = sql`lpad(to_hex(${number} % 16777216), 6, '0')`;
  return sql`(${moment} || left(${counter}, 3) || '-8' || right(${counter}, 3) || right(gen_random_uuid()::text, 13))::uuid`;
}

type SumRow = { administration_id: string; accounts: number; digest: string; at_once: string[] };

function sumOf(rows: readonly SumRow[]): MissingSum {
  const counts = new Map(rows.map((row) => [asId<AdministrationId>(row.administration_id), row.accounts]));
  return { counts, digest: rows.map((row) => `${row.administration_id} ${row.digest}`).join(' ') };
}
