import { Controller, Inject, Param, Req, Sse, UseGuards, type MessageEvent } from '@nestjs/common';
import {
  continueSyncRunEndpoint,
  getSyncRunEndpoint,
  listSyncRunsEndpoint,
  notFound,
  pauseSyncRunEndpoint,
  retryStepEndpoint,
  startResyncEndpoint,
  syncRun,
  syncRunEventsPath,
  type Response,
  type SyncRun,
} from '@koppel/contracts';
import {
  asId,
  invariant,
  isId,
  type AdministrationId,
  type Deps,
  type TenantId,
} from '@koppel/domain/kernel';
import { continueRun, pauseRun, retryStep, startResync } from '@koppel/domain/sync';
import { inTenant, type Database, type FullTransaction } from '@koppel/persistence';
import { listSyncRuns, readSyncRun } from '@koppel/persistence/read';
import type { FastifyRequest } from 'fastify';
import { from, type Observable } from 'rxjs';
import { Call, callerOf } from '../http/call.js';
import { ProblemError } from '../http/problem-error.js';
import { MayCall, Route } from '../http/route.js';
import { unwrap } from '../http/unwrap.js';
import { hasRole } from '../session/caller.js';
import type { Callers } from '../session/callers.js';
import { CALLERS, DATABASE, DEPS } from '../tokens.js';
import { RunExistsGuard } from './run-exists.guard.js';
import { watchRun } from './sync-run-events.js';
import { toSyncRunResponse, toSyncRunSummary } from './sync-run-response.js';

@Controller()
export class SyncRunsController {
  constructor(
    @Inject(DEPS) private readonly deps: Deps<FullTransaction>,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CALLERS) private readonly callers: Callers,
  ) {}

  @Route(listSyncRunsEndpoint)
  async list(
    @Call() call: Call<typeof listSyncRunsEndpoint>,
  ): Promise<Response<typeof listSyncRunsEndpoint>> {
    const page = await inTenant(this.database, call.tenantId, (tx) => listSyncRuns(tx, call.query));
    return { ...page, items: page.items.map(toSyncRunSummary) };
  }

  @Route(getSyncRunEndpoint)
  get(@Call() call: Call<typeof getSyncRunEndpoint>): Promise<SyncRun> {
    return this.read(call.tenantId, call.params.id);
  }

  @Route(startResyncEndpoint)
  async start(@Call() call: Call<typeof startResyncEndpoint>): Promise<Response<typeof startResyncEndpoint>> {
    const { tenantId, actor, body } = call;
    const administrationIds = body.administrationIds?.map((id) => asId<AdministrationId>(id));
    const command = { tenantId, actor, trigger: 'person' as const };
    const started = await startResync(this.deps, {
      ...command,
      ...(administrationIds === undefined ? {} : { administrationIds }),
    });
    const { runId } = unwrap(startResyncEndpoint, started);
    invariant(runId !== null, 'only a schedule can find nothing due');
    return { runId };
  }

  @Route(pauseSyncRunEndpoint)
  async pause(@Call() call: Call<typeof pauseSyncRunEndpoint>): Promise<SyncRun> {
    const { tenantId, params } = call;
    unwrap(pauseSyncRunEndpoint, await pauseRun(this.deps, { tenantId, runId: asId(params.id) }));
    return this.read(tenantId, params.id);
  }

  @Route(continueSyncRunEndpoint)
  async continue(@Call() call: Call<typeof continueSyncRunEndpoint>): Promise<SyncRun> {
    const { tenantId, params } = call;
    unwrap(continueSyncRunEndpoint, await continueRun(this.deps, { tenantId, runId: asId(params.id) }));
    return this.read(tenantId, params.id);
  }

  @Route(retryStepEndpoint)
  async retry(@Call() call: Call<typeof retryStepEndpoint>): Promise<SyncRun> {
    const { tenantId, params } = call;
    const command = { tenantId, runId: asId<never>(params.id), stepId: asId<never>(params.stepId) };
    unwrap(retryStepEndpoint, await retryStep(this.deps, command));
    return this.read(tenantId, params.id);
  }

  @Sse(syncRunEventsPath)
  @MayCall('viewer')
  @UseGuards(RunExistsGuard)
  events(@Param('id') id: string, @Req() request: FastifyRequest): Observable<MessageEvent> {
    const tenantId = callerOf(request)?.tenant?.id;
    invariant(tenantId !== undefined, 'the guard lets nobody in without a tenant');
    const left = new AbortController();
    request.raw.once('close', () => left.abort());
    const watch = {
      read: () => this.find(tenantId, id),
      isAllowed: () => this.maySee(request, tenantId),
      signal: left.signal,
    };
    return from(watchRun(watch));
  }

  /** The session and its role are read anew: both may have ended since the stream began. */
  private async maySee(request: FastifyRequest, tenantId: TenantId): Promise<boolean> {
    const caller = await this.callers.findAgain(request);
    const isSame = caller?.tenant?.id === tenantId && caller.tenant.isFeatureEnabled;
    return caller !== undefined && isSame && hasRole(caller, 'viewer');
  }

  private async read(tenantId: TenantId, id: string): Promise<SyncRun> {
    const run = isId(id) ? await this.find(tenantId, id) : undefined;
    if (!run) throw new ProblemError(notFound);
    return run;
  }

  private async find(tenantId: TenantId, id: string): Promise<SyncRun | undefined> {
    const view = await inTenant(this.database, tenantId, (tx) => readSyncRun(tx, id, this.deps.now()));
    return view && syncRun.parse(toSyncRunResponse(view));
  }
}
