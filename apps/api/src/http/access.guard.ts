import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { featureNotEnabled, notAllowed, notSignedIn } from '@koppel/contracts';
import type { FastifyRequest } from 'fastify';
import { hasRole, type Caller } from '../session/caller.js';
import { Callers } from '../session/callers.js';
import { CALLERS } from '../tokens.js';
import { keepCaller } from './call.js';
import { ProblemError } from './problem-error.js';
import { ACCESS_METADATA, type AccessRule } from './route.js';

/** Lets a request in by the access that its endpoint declares. A route that declares none is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(@Inject(CALLERS) private readonly callers: Callers) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = Reflect.getMetadata(ACCESS_METADATA, context.getHandler()) as AccessRule | undefined;
    if (!rule) throw new ProblemError(notAllowed);
    if (rule.access === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = await this.callers.find(request);
    if (!caller) throw new ProblemError(notSignedIn);
    const refusal = refusalOf(rule, caller);
    if (refusal) throw refusal;
    keepCaller(request, caller);
    return true;
  }
}

function refusalOf(rule: AccessRule, caller: Caller): ProblemError | undefined {
  if (rule.access === 'public') return undefined;
  if (rule.access === 'signed-in') return caller.session ? undefined : new ProblemError(notAllowed);
  if (rule.access === 'operator') return caller.isOperator ? undefined : new ProblemError(notAllowed);
  if (!caller.tenant) return new ProblemError(notAllowed, { reason: 'no-tenant-chosen' });
  if (!caller.tenant.isFeatureEnabled && !rule.isBeforeActivation) return new ProblemError(featureNotEnabled);
  return hasRole(caller, rule.access) ? undefined : new ProblemError(notAllowed, { needed: rule.access });
}
