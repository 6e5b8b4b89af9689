import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { notFound } from '@koppel/contracts';
import { isId } from '@koppel/domain/kernel';
import { inTenant, type Database } from '@koppel/persistence';
import { readSyncRun } from '@koppel/persistence/read';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../http/call.js';
import { ProblemError } from '../http/problem-error.js';
import type { Chance } from '../deps.js';
import { CHANCE, DATABASE } from '../tokens.js';

/** 404 for an event stream of a run that is not there: the framework sends a stream's 200 before its handler has looked. */
@Injectable()
export class RunExistsGuard implements CanActivate {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CHANCE) private readonly chance: Chance,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { id: string } }>>();
    const tenantId = callerOf(request)?.tenant?.id;
    const { id } = request.params;
    if (!tenantId || !isId(id)) throw new ProblemError(notFound);
    const run = await inTenant(this.database, tenantId, (tx) => readSyncRun(tx, id, this.chance.now()));
    if (!run) throw new ProblemError(notFound);
    return true;
  }
}
