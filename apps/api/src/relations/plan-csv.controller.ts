import { Controller, Get, Inject, Req, Res, type StreamableFile } from '@nestjs/common';
import { planCsvPath } from '@koppel/contracts';
import {
  invariant,
  type Deps,
  type RelationId,
  type TenantId,
  type WriteIntentId,
} from '@koppel/domain/kernel';
import {
  planWrites,
  readPlanCreates,
  readPlanLinks,
  readPlanPage,
  readPlanParts,
  type ForeseenCreate,
  type ForeseenPage,
  type PlanLinksPage,
  type PlannedLink,
  type PlannedUpdate,
  type PlanPage,
  type PlanPartsPage,
} from '@koppel/domain/relations';
import { inTenant, type Database, type FullTransaction } from '@koppel/persistence';
import { readAdministrations } from '@koppel/persistence/read';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../http/call.js';
import { csvFile, type Language } from '../http/csv.js';
import { fileLanguage } from '../http/csv-request.js';
import { MayCall } from '../http/route.js';
import { DATABASE, DEPS } from '../tokens.js';
import { planCreateRows, planHead, planLinkRow, planPrintRow, planRow } from './plan-csv.js';

/** Two million relations, also where fifty administrations lack them. */
const readsMax = 20_000;

@Controller()
export class PlanCsvController {
  constructor(
    @Inject(DEPS) private readonly deps: Deps<FullTransaction>,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  @Get(planCsvPath)
  @MayCall('viewer')
  csv(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): StreamableFile {
    const tenantId = callerOf(request)?.tenant?.id;
    invariant(tenantId !== undefined, 'the guard lets nobody in without a tenant');
    const language = fileLanguage(request);
    return csvFile(reply, { name: 'plan.csv', language, lines: this.lines(tenantId, language) });
  }

  private async *lines(tenantId: TenantId, language: Language): AsyncGenerator<string> {
    const { all } = await inTenant(this.database, tenantId, (tx) => readAdministrations(tx, tenantId));
    const names = new Map<string, string>(all.map(({ id, name }) => [id, name]));
    const nameOf = (id: string): string => names.get(id) ?? id;
    const first = await this.fingerprint(tenantId);
    yield planHead(language);
    const toRow = (update: PlannedUpdate) => planRow(update, nameOf(update.administrationId), language);
    yield* this.updates(tenantId, toRow);
    yield* this.parts(tenantId, toRow);
    yield* this.creates(tenantId, (create) =>
      planCreateRows(create, nameOf(create.administrationId), language),
    );
    yield* this.links(tenantId, (link) => planLinkRow(link, nameOf(link.administrationId), language));
    yield planPrintRow({ first, last: await this.fingerprint(tenantId) }, language);
  }

  private async fingerprint(tenantId: TenantId): Promise<string> {
    return (await planWrites(this.deps, { tenantId, updatesMax: 0 })).fingerprint;
  }

  private async *updates(
    tenantId: TenantId,
    toRow: (update: PlannedUpdate) => string,
  ): AsyncGenerator<string> {
    let after: RelationId | null = null;
    for (let read = 0; read < readsMax; read += 1) {
      const page: PlanPage = await readPlanPage(this.deps, { tenantId, after });
      yield page.updates.map(toRow).join('');
      if (page.next === null) return;
      after = page.next;
    }
  }

  private async *parts(tenantId: TenantId, toRow: (update: PlannedUpdate) => string): AsyncGenerator<string> {
    let after: WriteIntentId | null = null;
    for (let read = 0; read < readsMax; read += 1) {
      const page: PlanPartsPage = await readPlanParts(this.deps, { tenantId, after });
      yield page.updates.map(toRow).join('');
      if (page.next === null) return;
      after = page.next;
    }
  }

  private async *creates(
    tenantId: TenantId,
    toRow: (create: ForeseenCreate) => string,
  ): AsyncGenerator<string> {
    let after: RelationId | null = null;
    for (let read = 0; read < readsMax; read += 1) {
      const page: ForeseenPage = await readPlanCreates(this.deps, { tenantId, after });
      yield page.creates.map(toRow).join('');
      if (page.next === null) return;
      after = page.next;
    }
  }

  private async *links(tenantId: TenantId, toRow: (link: PlannedLink) => string): AsyncGenerator<string> {
    let after: RelationId | null = null;
    for (let read = 0; read < readsMax; read += 1) {
      const page: PlanLinksPage = await readPlanLinks(this.deps, { tenantId, after });
      yield page.links.map(toRow).join('');
      if (page.next === null) return;
      after = page.next;
    }
  }
}
