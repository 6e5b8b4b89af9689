import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { at, bytes, tenantId, tenantOnly } from './columns.js';

/** One account in one administration, as Exact has it. A merge never changes it (product.md 3.1). */
export const sourceRelations = pgTable(
  'source_relations',
  {
    id: uuid('id').primaryKey(),
    tenantId: tenantId(),
    administrationId: uuid('administration_id').notNull(),
    exactId: uuid('exact_id').notNull(),
    rowVersion: bigint('row_version', { mode: 'bigint' }).notNull(),
    code: text('code'),
    name: text('name').notNull(),
    /** The domain's SourceFields: every field that we read, trimmed, as the source gave it. */
    fields: jsonb('fields').notNull(),
    /** The shared values when last compared with the relation, kept with the first change since: the base of the three-way merge. */
    base: jsonb('base'),
    isCustomer: boolean('is_customer').notNull(),
    isSupplier: boolean('is_supplier').notNull(),
    isOwnCompany: boolean('is_own_company').notNull().default(false),
    isBlocked: boolean('is_blocked').notNull(),
    /** End date in Exact; ended when it lies in the past. */
    endsOn: text('ends_on'),
    state: text('state').notNull(), // present | deleted
    contentHash: text('content_hash').notNull(),
    modifiedAt: at('modified_at'),
    /** Per shared field, when Exact changed its value, as far as that was seen; null while no value changed since the first read. */
    valueDates: jsonb('value_dates'),
    /** The fields of our own last write as they were read back then: what a page that was made before does not have. */
    written: jsonb('written'),
    writtenAt: at('written_at'),
    firstSeenAt: at('first_seen_at').notNull(),
    changedAt: at('changed_at').notNull(),
    /** The run that inserted, changed or deleted the row: what comparing looks at. */
    changedInRun: uuid('changed_in_run'),
    /** The last full read that met the row: what proves deletions. */
    seenInRun: uuid('seen_in_run'),
  },
  (table) => [
    uniqueIndex('source_relations_exact').on(table.tenantId, table.administrationId, table.exactId),
    index('source_relations_changed').on(table.tenantId, table.changedInRun, table.id),
    /** Changes that wait for a comparison: few, whatever the number of accounts. */
    index('source_relations_uncompared')
      .on(table.tenantId, table.id)
      .where(sql`${table.base} is not null`),
    tenantOnly(),
  ],
);

/** Contact persons, addresses and bank accounts of accounts. */
export const sourceParts = pgTable(
  'source_parts',
  {
    tenantId: tenantId(),
    administrationId: uuid('administration_id').notNull(),
    kind: text('kind').notNull(), // contact | address | bank-account
    exactId: uuid('exact_id').notNull(),
    accountExactId: uuid('account_exact_id'),
    rowVersion: bigint('row_version', { mode: 'bigint' }),
    modifiedAt: at('modified_at'),
    fields: jsonb('fields').notNull(),
    /** The fields of our own last write as they were read back then: what a page that was made before does not have. */
    written: jsonb('written'),
    writtenAt: at('written_at'),
    /** What it said when last compared, kept with the first change since; empty when it is new since. */
    base: jsonb('base'),
    state: text('state').notNull(), // present | deleted
    changedAt: at('changed_at').notNull(),
    /** The last full read that met the row: what proves deletions. */
    seenInRun: uuid('seen_in_run'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.administrationId, table.kind, table.exactId] }),
    index('source_parts_account').on(table.tenantId, table.administrationId, table.accountExactId),
    /** Changes that wait for a comparison: few, whatever the number of parts. */
    index('source_parts_uncompared')
      .on(table.tenantId, table.administrationId, table.kind, table.exactId)
      .where(sql`${table.base} is not null`),
    tenantOnly(),
  ],
);

/** The merged, leading record. `values` are what the ERP sees; `leading` says per field where the value comes from. */
export const relations = pgTable(
  'relations',
  {
    id: uuid('id').primaryKey(),
    tenantId: tenantId(),
    name: text('name').notNull(),
    searchText: text('search_text').notNull(),
    values: jsonb('values').notNull(),
    leading: jsonb('leading').notNull(),
    state: text('state').notNull(), // active | merged | deleted
    /** A losing id keeps redirecting to the survivor. */
    survivorId: uuid('survivor_id'),
    isIntercompany: boolean('is_intercompany').notNull().default(false),
    version: integer('version').notNull().default(1),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (table) => [
    index('relations_name').on(table.tenantId, table.name, table.id),
    index('relations_updated').on(table.tenantId, table.updatedAt, table.id),
    tenantOnly(),
  ],
);

export const links = pgTable(
  'links',
  {
    tenantId: tenantId(),
    sourceRelationId: uuid('source_relation_id').notNull(),
    role: text('role').notNull(), // customer | supplier | other
    relationId: uuid('relation_id').notNull(),
    state: text('state').notNull(), // linked | deleted
    origin: text('origin').notNull(), // own | automatic | person
    /** A double that nobody books on: the relation has another account in the same administration (product.md 3.7a). */
    isAlias: boolean('is_alias').notNull().default(false),
    linkedAt: at('linked_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.sourceRelationId, table.role] }),
    index('links_relation').on(table.tenantId, table.relationId),
    tenantOnly(),
  ],
);

/** What a person said of two source relations; append-only, the newest counts, outranks every score. */
export const judgements = pgTable(
  'judgements',
  {
    id: uuid('id').primaryKey(),
    tenantId: tenantId(),
    /** The smaller of the two ids, so that a pair has one spelling. */
    sourceA: uuid('source_a').notNull(),
    sourceB: uuid('source_b').notNull(),
    verdict: text('verdict').notNull(), // same | different | unsure
    actionId: uuid('action_id').notNull(),
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    at: at('at').notNull(),
  },
  (table) => [
    index('judgements_pair').on(table.tenantId, table.sourceA, table.sourceB, table.at),
    index('judgements_other').on(table.tenantId, table.sourceB),
    tenantOnly(),
  ],
);

/** Different edits of one shared field on two sides since their base: a person decides (product.md 3.3). */
export const conflicts = pgTable(
  'conflicts',
  {
    id: uuid('id').primaryKey(),
    tenantId: tenantId(),
    relationId: uuid('relation_id').notNull(),
    field: text('field').notNull(),
    base: jsonb('base'),
    candidates: jsonb('candidates').notNull(),
    state: text('state').notNull(), // open | resolved
    openedAt: at('opened_at').notNull(),
    resolvedAt: at('resolved_at'),
    resolvedBy: text('resolved_by'),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    uniqueIndex('conflicts_open_field')
      .on(table.tenantId, table.relationId, table.field)
      .where(sql`${table.state} = 'open'`),
    tenantOnly(),
  ],
);

/** Keys that two records must share one of to be compared; the incremental candidate look-up. */
// Some nine keys per account, packed by the first bits of their hash: a row per key takes ten times as long to write. A
// collision, or an entry that is there twice, costs one needless comparison.
export const matchKeyBuckets = pgTable(
  'match_key_buckets',
  {
    tenantId: tenantId(),
    /** The upper 13 bits of the keys' hashes. */
    bucket: integer('bucket').notNull(),
    /** The run that put them; runs of later times have greater ids. */
    runId: uuid('run_id').notNull(),
    /** The first account of the portion, or the account that was looked up by itself. */
    firstSourceId: uuid('first_source_id').notNull(),
    /** The lower 32 bits of a key's hash, then the account's id; 20 bytes each. */
    entries: bytes('entries').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.bucket, table.runId, table.firstSourceId] }),
    tenantOnly(),
  ],
);

/** What comparing everything has learnt of a tenant's names, for the accounts that are compared one by one later. */
export const matchModels = pgTable(
  'match_models',
  {
    tenantId: tenantId().primaryKey(),
    /** The run that learnt it. */
    runId: uuid('run_id').notNull(),
    model: jsonb('model').notNull(),
  },
  () => [tenantOnly()],
);
