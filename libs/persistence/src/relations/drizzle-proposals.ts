import { and, asc, desc, eq, or, sql, type SQL } from 'drizzle-orm';
import {
  asId,
  type ActionId,
  type AdministrationId,
  type ProposalId,
  type RelationId,
  type SourceRelationId,
  type SyncRunId,
  type TenantId,
} from '@koppel/domain/kernel';
import type { Reason } from '@koppel/domain/matching';
import type {
  AsideMark,
  NotedProposal,
  Proposal,
  Proposals,
  QuestionedPlace,
  RelationPair,
} from '@koppel/domain/relations';
import { column, jsonElements, momentColumn } from '../array-parameter.js';
import type { Tx } from '../database.js';
import { executeInPortions, executePrepared } from '../prepared.js';
import { proposals } from '../schema/index.js';
import { isAnyOf, portionsOf, uuidArray } from './arrays.js';
import { questioned } from './questioned.js';

const rowsPerStatement = 100;

/** Proposals over Postgres. */
export class DrizzleProposals implements Proposals {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async addMany(added: readonly Proposal[]): Promise<number> {
    const stored = await executeInPortions(
      this.tx,
      portionsOf(added, rowsPerStatement),
      (portion) => sql`
        insert into proposals (id, tenant_id, run_id, kind, administration_id, group_key, source_a, source_b, relation_a,
          relation_b, score, probability, reasons, vetoes, matcher_version, state, decided_by, decided_by_name, decided_at,
          action_id, created_at, version, teaching, question_kind, is_aside)
        select r.id, ${this.tenantId}::uuid, r.run_id, r.kind, r.administration_id, r.group_key, r.source_a, r.source_b,
          r.relation_a, r.relation_b, r.score, r.probability, r.reasons, r.vetoes, r.matcher_version, r.state,
          r.decided_by, r.decided_by_name, r.decided_at, r.action_id, r.created_at, r.version, r.teaching,
          r.question_kind, r.is_aside
        from ${rowsOf(portion)}
        on conflict do nothing returning id`,
    );
    return stored.flat().length;
  }

  async findById(id: ProposalId): Promise<Proposal | undefined> {
    const [row] = await this.tx.select().from(proposals).where(eq(proposals.id, id));
    return row && toProposal(row);
  }

  async findByIdForUpdate(id: ProposalId): Promise<Proposal | undefined> {
    const [row] = await this.tx.select().from(proposals).where(eq(proposals.id, id)).for('update');
    return row && toProposal(row);
  }

  async findOpenPairs(pairs: readonly RelationPair[]): Promise<RelationPair[]> {
    const rows = await this.tx.execute<{ a: string; b: string }>(
      sql`select r.a, r.b from unnest(${column(pairs, ({ relationA }) => relationA)}::uuid[],
          ${column(pairs, ({ relationB }) => relationB)}::uuid[]) with ordinality as r(a, b, position)
        where exists (${openBetween(this.tenantId, sql`r.a`, sql`r.b`)})
          or exists (${openBetween(this.tenantId, sql`r.b`, sql`r.a`)})
        order by r.position`,
    );
    return rows.map(({ a, b }) => ({ relationA: asId<RelationId>(a), relationB: asId<RelationId>(b) }));
  }

  async findOpenOfRelationsForUpdate(ids: readonly RelationId[]): Promise<Proposal[]> {
    if (ids.length === 0) return [];
    return (await this.open(ofRelations(ids)).for('update')).map(toProposal);
  }

  async findOpenOfRelations(ids: readonly RelationId[]): Promise<Proposal[]> {
    if (ids.length === 0) return [];
    return (await this.open(ofRelations(ids))).map(toProposal);
  }

  async findAccountInQuestion(
    relationId: RelationId,
    administrationId: AdministrationId,
  ): Promise<SourceRelationId | undefined> {
    const [row] = await executePrepared<{ id: string }>(
      this.tx,
      sql`select s.id from proposals p
        join links l on l.tenant_id = p.tenant_id and l.state = 'linked'
          and l.relation_id = case when p.relation_a = ${relationId}::uuid then p.relation_b else p.relation_a end
        join source_relations s on s.id = l.source_relation_id and s.state = 'present'
          and s.administration_id = ${administrationId}::uuid
        where p.tenant_id = ${this.tenantId}::uuid and p.state = 'open' and not p.is_aside
          and (p.relation_a = ${relationId}::uuid or p.relation_b = ${relationId}::uuid)
        order by p.id limit 1`,
    );
    return row && asId<SourceRelationId>(row.id);
  }

  async findQuestioned(ids: readonly RelationId[]): Promise<QuestionedPlace[]> {
    if (ids.length === 0) return [];
    const meant = uuidArray(ids);
    const rows = await this.tx.execute<{ relation_id: string; administration_id: string }>(
      questioned(this.tenantId, (relationId) => sql`${relationId} = any(${meant})`),
    );
    return rows.map((row) => ({
      relationId: asId<RelationId>(row.relation_id),
      administrationId: asId<AdministrationId>(row.administration_id),
    }));
  }

  async findManyForUpdate(ids: readonly ProposalId[]): Promise<Proposal[]> {
    if (ids.length === 0) return [];
    const rows = await this.tx
      .select()
      .from(proposals)
      .where(isAnyOf(proposals.id, ids))
      .orderBy(asc(proposals.id))
      .for('update');
    return rows.map(toProposal);
  }

  async findOpenOfSourcesForUpdate(ids: readonly SourceRelationId[]): Promise<Proposal[]> {
    if (ids.length === 0) return [];
    const ofSources = or(isAnyOf(proposals.sourceA, ids), isAnyOf(proposals.sourceB, ids));
    return (await this.open(ofSources).for('update')).map(toProposal);
  }

  // Whoever decides one at the moment holds it, and may wait for what the caller holds: those stay as they are.
  async setAside(marks: readonly AsideMark[]): Promise<number> {
    const rows = await this.tx.execute(
      sql`with marked as (select p.id, r.question_kind, r.reasons, r.vetoes from rows from (
            unnest(${column(marks, ({ sourceA }) => sourceA)}::uuid[], ${column(marks, ({ sourceB }) => sourceB)}::uuid[],
              ${column(marks, ({ questionKind }) => questionKind)}::text[]),
            jsonb_array_elements(${jsonElements(marks, ({ reasons }) => reasons)}::jsonb),
            jsonb_array_elements(${jsonElements(marks, ({ vetoes }) => vetoes)}::jsonb))
            as r(source_a, source_b, question_kind, reasons, vetoes)
          join proposals p on p.tenant_id = ${this.tenantId}::uuid and p.source_a = r.source_a and p.source_b = r.source_b
            and p.state = 'open' and p.kind = 'match' and not p.is_aside
          order by p.id for update of p skip locked)
        update proposals p set is_aside = true, question_kind = m.question_kind, reasons = m.reasons, vetoes = m.vetoes,
          version = p.version + 1
        from marked m where p.id = m.id returning p.id`,
    );
    return rows.length;
  }

  // Their prefix as it stands, as the index `proposals_aside_kinds` has it.
  async findOfAsideKinds(limit: number): Promise<NotedProposal[]> {
    const { questionKind, state, score, actionId, relationA, relationB } = proposals;
    const rows = await this.tx
      .select({ questionKind, state, score, actionId, relationA, relationB })
      .from(proposals)
      .where(
        and(
          eq(proposals.tenantId, this.tenantId),
          eq(proposals.kind, 'match'),
          sql`${questionKind} like 'aside/%'`,
          sql`${state} in ('open', 'same', 'different')`,
        ),
      )
      .orderBy(desc(proposals.id))
      .limit(limit);
    return rows as NotedProposal[]; // our own rows, of those states and kinds
  }

  async setKindAside(questionKind: string, upTo: number, reason: Reason): Promise<number> {
    const rows = await this.tx.execute(
      sql`with marked as (select id from proposals where tenant_id = ${this.tenantId}::uuid and state = 'open' and kind = 'match'
            and not is_aside and question_kind = ${questionKind} and score <= ${upTo}::float8 order by id for update skip locked)
        update proposals p set is_aside = true, version = p.version + 1, reasons = p.reasons || ${JSON.stringify([reason])}::text::jsonb
        from marked m where p.id = m.id returning p.id`,
    );
    return rows.length;
  }

  async askAgainBetween(pairs: readonly RelationPair[]): Promise<number> {
    const [a, b] = [column(pairs, ({ relationA }) => relationA), column(pairs, ({ relationB }) => relationB)];
    return this.askAgain(sql`(relation_a, relation_b) in (
      select x, y from unnest(${a}::uuid[], ${b}::uuid[]) as r(x, y) union all
      select y, x from unnest(${a}::uuid[], ${b}::uuid[]) as r(x, y))`);
  }

  async askAgainExcept(kinds: readonly string[]): Promise<number> {
    return this.askAgain(
      sql`question_kind is null or question_kind <> all(${column(kinds, (kind) => kind)}::text[])`,
    );
  }

  private async askAgain(isMeant: SQL): Promise<number> {
    const rows = await this.tx.execute(
      sql`with again as (select id from proposals where tenant_id = ${this.tenantId}::uuid and state = 'open' and is_aside
            and (${isMeant}) order by id for update skip locked)
        update proposals p set is_aside = false from again where p.id = again.id returning p.id`,
    );
    return rows.length;
  }

  async countOpenInGroup(groupKey: string): Promise<number> {
    return this.tx.$count(proposals, and(eq(proposals.state, 'open'), eq(proposals.groupKey, groupKey)));
  }

  async saveMany(saved: readonly Proposal[]): Promise<void> {
    for (const { id, ...columns } of saved)
      await this.tx.update(proposals).set(columns).where(eq(proposals.id, id));
  }

  private open(of: SQL | undefined) {
    return this.tx
      .select()
      .from(proposals)
      .where(and(eq(proposals.tenantId, this.tenantId), eq(proposals.state, 'open'), of ?? sql`false`))
      .orderBy(asc(proposals.id));
  }
}

function rowsOf(rows: readonly Proposal[]): SQL {
  return sql`rows from (unnest(${column(rows, ({ id }) => id)}::uuid[], ${column(rows, ({ runId }) => runId)}::uuid[],
    ${column(rows, ({ kind }) => kind)}::text[], ${column(rows, (one) => one.administrationId)}::uuid[],
    ${column(rows, ({ groupKey }) => groupKey)}::text[], ${column(rows, ({ sourceA }) => sourceA)}::uuid[],
    ${column(rows, ({ sourceB }) => sourceB)}::uuid[], ${column(rows, ({ relationA }) => relationA)}::uuid[],
    ${column(rows, ({ relationB }) => relationB)}::uuid[], ${column(rows, ({ score }) => score)}::double precision[],
    ${column(rows, ({ probability }) => probability)}::double precision[],
    ${column(rows, ({ matcherVersion }) => matcherVersion)}::text[], ${column(rows, ({ state }) => state)}::text[],
    ${column(rows, ({ decidedBy }) => decidedBy)}::text[], ${column(rows, (one) => one.decidedByName)}::text[],
    ${momentColumn(rows, ({ decidedAt }) => decidedAt)}::timestamptz[],
    ${column(rows, ({ actionId }) => actionId)}::uuid[], ${momentColumn(rows, ({ createdAt }) => createdAt)}::timestamptz[],
    ${column(rows, ({ version }) => version)}::int[], ${column(rows, ({ teaching }) => teaching)}::int[],
    ${column(rows, ({ questionKind }) => questionKind)}::text[], ${column(rows, ({ isAside }) => isAside)}::boolean[]),
    jsonb_array_elements(${jsonElements(rows, ({ reasons }) => reasons)}::jsonb),
    jsonb_array_elements(${jsonElements(rows, ({ vetoes }) => vetoes)}::jsonb))
    as r(id, run_id, kind, administration_id, group_key, source_a, source_b, relation_a, relation_b, score, probability,
      matcher_version, state, decided_by, decided_by_name, decided_at, action_id, created_at, version, teaching,
      question_kind, is_aside, reasons, vetoes)`;
}

/**
 * By the relation first, whatever the planner believes (that is what the offset is for): while a first run fills the table, it may take
 * the index of open ones for as good, and reads all of them for every pair.
 */
function openBetween(tenantId: TenantId, one: SQL, other: SQL): SQL {
  return sql`select from (select relation_b, state from proposals
      where tenant_id = ${tenantId}::uuid and relation_a = ${one} offset 0) p
    where p.relation_b = ${other} and p.state = 'open'`;
}

function ofRelations(ids: readonly RelationId[]): SQL | undefined {
  return or(isAnyOf(proposals.relationA, ids), isAnyOf(proposals.relationB, ids));
}

/** The domain's proposal of a row. */
export function toProposal({ tenantId: _tenantId, ...row }: typeof proposals.$inferSelect): Proposal {
  return {
    ...row,
    id: asId<ProposalId>(row.id),
    runId: row.runId === null ? null : asId<SyncRunId>(row.runId),
    kind: row.kind as Proposal['kind'], // our own rows, here and below
    administrationId: row.administrationId === null ? null : asId<AdministrationId>(row.administrationId),
    sourceA: asId<SourceRelationId>(row.sourceA),
    sourceB: asId<SourceRelationId>(row.sourceB),
    relationA: asId<RelationId>(row.relationA),
    relationB: asId<RelationId>(row.relationB),
    reasons: row.reasons as Proposal['reasons'],
    vetoes: row.vetoes as Proposal['vetoes'],
    actionId: row.actionId === null ? null : asId<ActionId>(row.actionId),
    state: row.state as Proposal['state'],
  };
}
