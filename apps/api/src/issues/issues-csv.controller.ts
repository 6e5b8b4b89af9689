import { Controller, Get, Inject, Req, Res, type StreamableFile } from '@nestjs/common';
import { issuesCsvPath, listIssuesEndpoint } from '@koppel/contracts';
import { invariant, type TenantId } from '@koppel/domain/kernel';
import { inTenant, type Database } from '@koppel/persistence';
import { listIssues, type IssueFilter } from '@koppel/persistence/read';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../http/call.js';
import { csvFile, type Language } from '../http/csv.js';
import { InvalidRequest } from '../http/invalid-request.js';
import { languageOf } from '../http/problem.filter.js';
import { MayCall } from '../http/route.js';
import { DATABASE } from '../tokens.js';
import { toIssueResponse } from './issue-response.js';
import { issueLine, issuesHead } from './issues-csv.js';

const filterQuery = listIssuesEndpoint.query.omit({ cursor: true, limit: true });
const rowsPerRead = 200;
/** A million issues. */
const readsMax = 5_000;

@Controller()
export class IssuesCsvController {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  @Get(issuesCsvPath)
  @MayCall('viewer')
  csv(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): StreamableFile {
    const tenantId = callerOf(request)?.tenant?.id;
    invariant(tenantId !== undefined, 'the guard lets nobody in without a tenant');
    const filter = filterQuery.safeParse(request.query);
    if (!filter.success) throw InvalidRequest.of('query', filter.error);
    const language = languageOf(request);
    const name = language === 'nl' ? 'meldingen.csv' : 'issues.csv';
    return csvFile(reply, { name, language, lines: this.lines(tenantId, filter.data, language) });
  }

  /** Page by page, each in a short transaction of its own: a slow reader holds no snapshot. */
  private async *lines(tenantId: TenantId, filter: IssueFilter, language: Language): AsyncGenerator<string> {
    yield issuesHead(language);
    let cursor: string | undefined;
    for (let read = 0; read < readsMax; read += 1) {
      const place = cursor;
      const page = await inTenant(this.database, tenantId, (tx) =>
        listIssues(tx, { ...filter, cursor: place, limit: rowsPerRead }),
      );
      yield page.items.map((row) => issueLine(toIssueResponse(row), language)).join('');
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
  }
}
