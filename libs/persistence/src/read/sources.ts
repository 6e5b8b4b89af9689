import { sql } from 'drizzle-orm';
import type { SharedField, SourceRelation } from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { isAnyOf, uuidArray } from '../relations/arrays.js';
import { toSourceRelation } from '../account-row.js';
import { sourceRelations } from '../schema/index.js';
import { firstDateKey } from '../sync/value-dates.js';

/** An account as a person compares it. */
export interface SourceRow {
  readonly source: SourceRelation;
  readonly administration: {
    readonly name: string;
    readonly code: string | null;
    readonly region: string;
    readonly division: number;
    readonly position: number;
    /** Shared fields that it keeps to itself. */
    readonly localFields: readonly SharedField[];
  };
  readonly contactPersons: number;
  readonly bankAccounts: readonly string[];
  readonly valueDates: ValueDates;
}

/** When Exact changed the values, by field, as far as that was seen. */
export interface ValueDates {
  readonly byField: Readonly<Partial<Record<SharedField, string>>>;
  /** The others are as old as this, or older. */
  readonly others: string | null;
}

/** Accounts with their administration and parts, by administration and then code. */
export async function readSources(tx: Tx, ids: readonly string[]): Promise<SourceRow[]> {
  if (ids.length === 0) return [];
  const sources = await tx.select().from(sourceRelations).where(isAnyOf(sourceRelations.id, ids));
  const facts = await tx.execute<FactsRow>(sql`
    select s.id, a.name, a.code, a.region, a.division, a.position,
      coalesce(a.write_policy->'localFields', '[]'::jsonb) as "localFields",
      (select count(*)::int from source_parts p where p.tenant_id = s.tenant_id and p.administration_id = s.administration_id
        and p.account_exact_id = s.exact_id and p.kind = 'contact' and p.state = 'present') as "contactPersons",
      (select array_agg(coalesce(p.fields->>'iban', p.fields->>'account') order by p.exact_id) from source_parts p
        where p.tenant_id = s.tenant_id and p.administration_id = s.administration_id
          and p.account_exact_id = s.exact_id and p.kind = 'bank-account' and p.state = 'present') as "bankAccounts"
    from source_relations s join administrations a on a.id = s.administration_id
    where s.id = any(${uuidArray(ids)})
    order by a.position, a.division, s.code, s.id`);
  const byId = new Map(sources.map((row) => [row.id, row]));
  return facts.flatMap(({ id, contactPersons, bankAccounts, ...administration }) => {
    const row = byId.get(id);
    const known = (bankAccounts ?? []).filter((account) => account !== null);
    return row
      ? [
          {
            source: toSourceRelation(row),
            administration,
            contactPersons,
            bankAccounts: known,
            valueDates: toValueDates(row),
          },
        ]
      : [];
  });
}

function toValueDates({ valueDates, modifiedAt }: typeof sourceRelations.$inferSelect): ValueDates {
  const iso = (moment: string | null | undefined) => (moment ? new Date(moment).toISOString() : null);
  const { [firstDateKey]: first, ...dates } = (valueDates ?? {}) as Record<string, string | null>; // written by our own upserts
  const known = Object.entries(dates).flatMap(([field, date]) => (date ? [[field, iso(date)]] : []));
  const others = valueDates === null ? (modifiedAt?.toISOString() ?? null) : iso(first);
  return { byField: Object.fromEntries(known) as ValueDates['byField'], others };
}

interface FactsRow extends Record<string, unknown> {
  readonly id: string;
  readonly name: string;
  readonly code: string | null;
  readonly region: string;
  readonly division: number;
  readonly position: number;
  readonly localFields: readonly SharedField[];
  readonly contactPersons: number;
  readonly bankAccounts: readonly (string | null)[] | null;
}
