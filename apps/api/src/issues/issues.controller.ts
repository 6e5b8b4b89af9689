import { Controller, Inject } from '@nestjs/common';
import {
  approveIssueEndpoint,
  ignoreBatchEndpoint,
  ignoreIssueEndpoint,
  listIssuesEndpoint,
  notFound,
  reopenIssueEndpoint,
  retryIssueEndpoint,
  type Issue,
  type Response,
} from '@koppel/contracts';
import { ignoreBatch, ignoreIssue, reopenIssue } from '@koppel/domain/issues';
import { asId, type Deps, type IssueId, type TenantId } from '@koppel/domain/kernel';
import { approveChange, retryIssue } from '@koppel/domain/relations';
import { retryPartOfIssue } from '@koppel/domain/sync';
import { inTenant, type Database, type FullTransaction } from '@koppel/persistence';
import { countIssuesByCause, findIssueRow, listIssues } from '@koppel/persistence/read';
import { Call } from '../http/call.js';
import { ProblemError } from '../http/problem-error.js';
import { Route } from '../http/route.js';
import { unwrap } from '../http/unwrap.js';
import { DATABASE, DEPS } from '../tokens.js';
import { causeTitle, toIssueResponse } from './issue-response.js';

@Controller()
export class IssuesController {
  constructor(
    @Inject(DEPS) private readonly deps: Deps<FullTransaction>,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  @Route(listIssuesEndpoint)
  list(@Call() call: Call<typeof listIssuesEndpoint>): Promise<Response<typeof listIssuesEndpoint>> {
    return inTenant(this.database, call.tenantId, async (tx) => {
      const page = await listIssues(tx, call.query);
      const counts = await countIssuesByCause(tx, call.query);
      return {
        items: page.items.map(toIssueResponse),
        nextCursor: page.nextCursor,
        total: null,
        counts: counts.map((count) => ({ ...count, title: causeTitle(count.cause) })),
      };
    });
  }

  @Route(ignoreIssueEndpoint)
  async ignore(@Call() call: Call<typeof ignoreIssueEndpoint>): Promise<Issue> {
    const issueId = asId<IssueId>(call.params.id);
    const command = { ...call.body, tenantId: call.tenantId, issueId, actor: call.actor };
    unwrap(ignoreIssueEndpoint, await ignoreIssue(this.deps, command));
    return this.one(call.tenantId, issueId);
  }

  @Route(ignoreBatchEndpoint)
  async ignoreMany(
    @Call() call: Call<typeof ignoreBatchEndpoint>,
  ): Promise<Response<typeof ignoreBatchEndpoint>> {
    const { tenantId, actor, body } = call;
    const batchId = body.batchId ?? this.deps.newId();
    const issues = body.issues.map(({ id, version }) => ({ issueId: asId<IssueId>(id), version }));
    const command = { tenantId, actor, batchId, issues, reason: body.reason };
    return { batchId, ...unwrap(ignoreBatchEndpoint, await ignoreBatch(this.deps, command)) };
  }

  @Route(approveIssueEndpoint)
  async approve(@Call() call: Call<typeof approveIssueEndpoint>): Promise<Issue> {
    const issueId = asId<IssueId>(call.params.id);
    const command = { ...call.body, tenantId: call.tenantId, issueId, actor: call.actor };
    unwrap(approveIssueEndpoint, await approveChange(this.deps, command));
    return this.one(call.tenantId, issueId);
  }

  @Route(reopenIssueEndpoint)
  async reopen(@Call() call: Call<typeof reopenIssueEndpoint>): Promise<Issue> {
    const issueId = asId<IssueId>(call.params.id);
    const command = { ...call.body, tenantId: call.tenantId, issueId, actor: call.actor };
    unwrap(reopenIssueEndpoint, await reopenIssue(this.deps, command));
    return this.one(call.tenantId, issueId);
  }

  @Route(retryIssueEndpoint)
  async retry(@Call() call: Call<typeof retryIssueEndpoint>): Promise<Issue> {
    const issueId = asId<IssueId>(call.params.id);
    const { tenantId, actor } = call;
    if (!(await retryPartOfIssue(this.deps, { tenantId, issueId })))
      unwrap(retryIssueEndpoint, await retryIssue(this.deps, { tenantId, issueId, actor }));
    return this.one(tenantId, issueId);
  }

  private async one(tenantId: TenantId, id: IssueId): Promise<Issue> {
    const row = await inTenant(this.database, tenantId, (tx) => findIssueRow(tx, id));
    if (!row) throw new ProblemError(notFound);
    return toIssueResponse(row);
  }
}
