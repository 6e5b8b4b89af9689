import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { EndpointShape } from '@koppel/contracts';
import type { Actor, TenantId } from '@koppel/domain/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Caller } from '../session/caller.js';

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type InTenant<E extends EndpointShape> = E['access'] extends 'viewer' | 'reviewer' | 'admin' ? true : false;

/** A checked request: parts parsed by the endpoint's contract, and who asks. */
export interface Call<E extends EndpointShape> {
  readonly params: Parsed<E['params']>;
  readonly query: Parsed<E['query']>;
  readonly body: Parsed<E['body']>;
  /** Undefined only on public endpoints. */
  readonly caller: E['access'] extends 'public' ? Caller | undefined : Caller;
  readonly tenantId: InTenant<E> extends true ? TenantId : undefined;
  readonly actor: E['access'] extends 'public' ? undefined : Actor;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The parts of a request after RequestContractInterceptor. */
export interface ParsedParts {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

const parts = new WeakMap<FastifyRequest, ParsedParts>();
const callers = new WeakMap<FastifyRequest, Caller>();

export const keepParts = (request: FastifyRequest, parsed: ParsedParts): unknown =>
  parts.set(request, parsed);
export const keepCaller = (request: FastifyRequest, caller: Caller): unknown => callers.set(request, caller);
/** Who the guard let in; undefined on public routes. */
export const callerOf = (request: FastifyRequest): Caller | undefined => callers.get(request);

/** The checked request, as `@Call() call: Call<typeof someEndpoint>`. */
export const Call = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const http = context.switchToHttp();
  const request = http.getRequest<FastifyRequest>();
  const caller = callers.get(request);
  return {
    ...parts.get(request),
    caller,
    tenantId: caller?.tenant?.id,
    actor: caller?.actor,
    request,
    reply: http.getResponse<FastifyReply>(),
  };
});
