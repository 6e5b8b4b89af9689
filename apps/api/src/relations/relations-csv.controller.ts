import { Controller, Get, Inject, Req, Res, type StreamableFile } from '@nestjs/common';
import { listRelationsEndpoint, relationsCsvPath } from '@koppel/contracts';
import { inTenant, type Database } from '@koppel/persistence';
import { listRelations, type RelationFilter } from '@koppel/persistence/read';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { csvFile } from '../http/csv.js';
import { csvLines, csvRequest, type CsvRequest } from '../http/csv-request.js';
import { MayCall } from '../http/route.js';
import { DATABASE } from '../tokens.js';
import { csvHead, csvRow } from './relations-csv.js';

const filterQuery = listRelationsEndpoint.query.omit({ cursor: true, limit: true });
const limit = 200;
/** Two million relations. */
const readsMax = 10_000;

@Controller()
export class RelationsCsvController {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  @Get(relationsCsvPath)
  @MayCall('viewer')
  csv(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): StreamableFile {
    const asked = csvRequest(request, filterQuery);
    const { language } = asked;
    const name = language === 'nl' ? 'relaties.csv' : 'relations.csv';
    return csvFile(reply, { name, language, lines: this.lines(asked) });
  }

  private async *lines({ tenantId, filter, language }: CsvRequest<RelationFilter>): AsyncGenerator<string> {
    yield csvHead(language);
    yield* csvLines(
      (cursor) =>
        inTenant(this.database, tenantId, (tx) =>
          listRelations(tx, { ...filter, cursor, limit, isCounted: false }),
        ),
      (row) => csvRow(row, language),
      readsMax,
    );
  }
}
