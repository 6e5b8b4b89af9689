import { Controller, Get, Inject, Req, Res, type StreamableFile } from '@nestjs/common';
import { listRelationsEndpoint, relationsCsvPath } from '@koppel/contracts';
import { invariant, type TenantId } from '@koppel/domain/kernel';
import { inTenant, type Database } from '@koppel/persistence';
import { listRelations, type RelationFilter } from '@koppel/persistence/read';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../http/call.js';
import { csvFile, type Language } from '../http/csv.js';
import { InvalidRequest } from '../http/invalid-request.js';
import { languageOf } from '../http/problem.filter.js';
import { MayCall } from '../http/route.js';
import { DATABASE } from '../tokens.js';
import { csvHead, csvRow } from './relations-csv.js';

const filterQuery = listRelationsEndpoint.query.omit({ cursor: true, limit: true });
const rowsPerRead = 200;
/** Two million relations. */
const readsMax = 10_000;

@Controller()
export class RelationsCsvController {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  @Get(relationsCsvPath)
  @MayCall('viewer')
  csv(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): StreamableFile {
    const tenantId = callerOf(request)?.tenant?.id;
    invariant(tenantId !== undefined, 'the guard lets nobody in without a tenant');
    const filter = filterQuery.safeParse(request.query);
    if (!filter.success) throw InvalidRequest.of('query', filter.error);
    const language = languageOf(request);
    const name = language === 'nl' ? 'relaties.csv' : 'relations.csv';
    return csvFile(reply, { name, language, lines: this.lines(tenantId, filter.data, language) });
  }

  /** Page by page, each in a short transaction of its own: a slow reader holds no snapshot. */
  private async *lines(
    tenantId: TenantId,
    filter: RelationFilter,
    language: Language,
  ): AsyncGenerator<string> {
    yield csvHead(language);
    let cursor: string | undefined;
    for (let read = 0; read < readsMax; read += 1) {
      const place = cursor;
      const page = await inTenant(this.database, tenantId, (tx) =>
        listRelations(tx, { ...filter, cursor: place, limit: rowsPerRead, isCounted: false }),
      );
      yield page.items.map((row) => csvRow(row, language)).join('');
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
  }
}
