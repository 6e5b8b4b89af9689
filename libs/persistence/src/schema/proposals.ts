import { sql } from 'drizzle-orm';
import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { at, tenantId, tenantOnly } from './columns.js';

export const proposals = pgTable(
  'proposals',
  {
    id: uuid('id').primaryKey(),
    tenantId: tenantId(),
    runId: uuid('run_id'),
    kind: text('kind').notNull(), // match | double
    administrationId: uuid('administration_id'),
    /** For doubles: the cause key of the issue that closes when the last pair of the group is decided. */
    groupKey: text('group_key'),
    sourceA: uuid('source_a').notNull(),
    sourceB: uuid('source_b').notNull(),
    relationA: uuid('relation_a').notNull(),
    relationB: uuid('relation_b').notNull(),
    score: doublePrecision('score').notNull(),
    probability: doublePrecision('probability').notNull(),
    reasons: jsonb('reasons').notNull(),
    vetoes: jsonb('vetoes').notNull(),
    matcherVersion: text('matcher_version').notNull(),
    questionKind: text('question_kind'), // matching/question-kinds.ts; '' where no answer to others tells of it
    /** Open, but answers to others of its kind set it aside. */
    isAside: boolean('is_aside').notNull().default(false),
    teaching: integer('teaching').notNull().default(2_147_483_647), // teachesLast
    state: text('state').notNull(), // open | same | different | unsure | superseded
    decidedBy: text('decided_by'),
    decidedByName: text('decided_by_name'),
    decidedAt: at('decided_at'),
    /** The act that decided it: what undo takes back. */
    actionId: uuid('action_id'),
    createdAt: at('created_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    uniqueIndex('proposals_open_pair')
      .on(table.tenantId, table.sourceA, table.sourceB)
      .where(sql`${table.state} = 'open'`),
    /** As the lists are ordered (read/proposals.ts): descending as a query says it, nulls and all, or it would be sorted. */
    index('proposals_certain_first').on(
      table.tenantId,
      table.state,
      table.probability.desc().nullsFirst(),
      table.id,
    ),
    index('proposals_instructive_first').on(
      table.tenantId,
      table.state,
      table.teaching,
      table.probability.desc().nullsFirst(),
      table.id,
    ),
    /** Queries by relation or by group look at open proposals only. */
    index('proposals_relation_a').on(table.tenantId, table.relationA),
    index('proposals_relation_b').on(table.tenantId, table.relationB),
    /** What is asked again is looked for with every portion that is compared; mostly there is none. */
    index('proposals_aside')
      .on(table.tenantId, table.relationA)
      .where(sql`${table.isAside}`),
    /** Answers are weighed among all questions of such a kind (learn-from-answer.ts). */
    index('proposals_aside_kinds')
      .on(table.tenantId, table.id.desc().nullsFirst())
      .where(sql`${table.questionKind} like 'aside/%'`),
    tenantOnly(),
  ],
);
