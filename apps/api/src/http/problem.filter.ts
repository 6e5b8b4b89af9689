import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import {
  internalError,
  invalidRequest,
  methodNotAllowed,
  notFound,
  serviceUnavailable,
  storageFull,
  tooManyRequests,
  type ProblemDefinition,
} from '@koppel/contracts';
import { isCollision, isStorageFull, isUnreachable } from '@koppel/persistence';
import { InvalidCursor } from '@koppel/persistence/read';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { InvalidRequest } from './invalid-request.js';
import type { KnownMethods } from './known-methods.js';
import { ProblemError } from './problem-error.js';

interface Problem {
  readonly definition: ProblemDefinition;
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The status when it differs from the definition's, e.g. 413 of an invalid request. */
  readonly status?: number;
}

const retryAfterS = '5';
/** Not signed in, not allowed, too often: who looks for break-ins looks for these. */
const refusals = new Set([401, 403, 429]);

/** Every failure leaves as RFC 9457 problem+json; what is unknown leaves without a message and is logged once. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Logger,
    private readonly knownMethods: KnownMethods,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = isUnknownRoute(error)
      ? unknownRoute(this.knownMethods.at(request.url))
      : toProblem(error);
    this.write(request, error, problem.definition);
    if (reply.sent) return;
    sendProblem(request, reply, problem);
  }

  /** Faults with their cause; refusals that may be attempts at what is not allowed, without one. */
  private write(request: FastifyRequest, error: unknown, { kind, status }: ProblemDefinition): void {
    const { id: requestId, method, ip } = request;
    if (status >= 500) this.log.error({ requestId, err: error }, kind);
    else if (refusals.has(status))
      this.log.warn({ requestId, method, route: request.routeOptions.url, ip }, kind);
  }
}

/** Writes a problem as the answer. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): void {
  const { definition } = problem;
  void reply
    .code(problem.status ?? definition.status)
    .headers({ ...problem.headers, 'content-language': languageOf(request) })
    .type('application/problem+json')
    .send(Buffer.from(bodyOf(request, problem))); // bytes: Fastify would add a charset to a text
}

function bodyOf(request: FastifyRequest, { definition, members, status }: Problem): string {
  return JSON.stringify({
    ...members,
    type: `urn:problem:${definition.kind}`,
    title: definition.title[languageOf(request)],
    status: status ?? definition.status,
    instance: `urn:request:${request.id}`,
    kind: definition.kind,
  });
}

/** No controller throws Nest's own exceptions: this one is its router's. */
const isUnknownRoute = (error: unknown): boolean =>
  error instanceof HttpException && error.getStatus() === 404;

/** Nothing is there (404), or something that knows other methods only (405). */
export function unknownRoute(methods: readonly string[]): Problem {
  if (methods.length === 0) return { definition: notFound };
  return { definition: methodNotAllowed, headers: { allow: methods.join(', ') } };
}

/** The problem that a failure leaves as. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error;
  if (error instanceof InvalidRequest)
    return { definition: invalidRequest, members: { errors: error.errors } };
  if (error instanceof InvalidCursor) return { definition: invalidRequest };
  if (isUnreachable(error) || isCollision(error))
    return { definition: serviceUnavailable, headers: { 'retry-after': retryAfterS } };
  if (isStorageFull(error)) return { definition: storageFull, headers: { 'retry-after': retryAfterS } };
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  if (status === 429) return { definition: tooManyRequests };
  // Fastify refuses what it cannot read: malformed JSON, too large, another content type, a broken address.
  if (status >= 400 && status < 500) return { definition: invalidRequest, status };
  return { definition: internalError };
}

/** Fastify's own refusals carry `FST_...` codes; only their status may be believed. */
function statusOf(error: unknown): number {
  const known = error as { code?: unknown; statusCode?: unknown } | undefined;
  const isFastify = typeof known?.code === 'string' && known.code.startsWith('FST_');
  return (isFastify || error instanceof SyntaxError) && typeof known?.statusCode === 'number'
    ? known.statusCode
    : 500;
}

/** Dutch unless English is preferred. */
export function languageOf(request: FastifyRequest): 'nl' | 'en' {
  const wanted = request.headers['accept-language'] ?? '';
  const [first] = [...wanted.matchAll(/\b(nl|en)\b[^,;]*(?:;\s*q=([\d.]+))?/gi)]
    .map((match) => ({ language: match[1]?.toLowerCase(), weight: Number(match[2] ?? 1) }))
    .sort((a, b) => b.weight - a.weight);
  return first?.language === 'en' ? 'en' : 'nl';
}
