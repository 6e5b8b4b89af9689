import { Controller, Get, Inject, Req, Res, type StreamableFile } from '@nestjs/common';
import { issuesCsvPath, listIssuesEndpoint } from '@koppel/contracts';
import { inTenant, type Database } from '@koppel/persistence';
import { listIssues, type IssueFilter } from '@koppel/persistence/read';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { csvFile } from '../http/csv.js';
import { csvLines, csvRequest, type CsvRequest } from '../http/csv-request.js';
import { MayCall } from '../http/route.js';
import { DATABASE } from '../tokens.js';
import { toIssueResponse } from './issue-response.js';
import { issueLine, issuesHead } from './issues-csv.js';

const filterQuery = listIssuesEndpoint.query.omit({ cursor: true, limit: true });
const limit = 200;
/** A million issues. */
const readsMax = 5_000;

@Controller()
export class IssuesCsvController {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  @Get(issuesCsvPath)
  @MayCall('viewer')
  csv(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): StreamableFile {
    const asked = csvRequest(request, filterQuery);
    const { language } = asked;
    const name = language === 'nl' ? 'meldingen.csv' : 'issues.csv';
    return csvFile(reply, { name, language, lines: this.lines(asked) });
  }

  private async *lines({ tenantId, filter, language }: CsvRequest<IssueFilter>): AsyncGenerator<string> {
    yield issuesHead(language);
    yield* csvLines(
      (cursor) => inTenant(this.database, tenantId, (tx) => listIssues(tx, { ...filter, cursor, limit })),
      (row) => issueLine(toIssueResponse(row), language),
      readsMax,
    );
  }
}
