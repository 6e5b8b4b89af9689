import rateLimit from '@fastify/rate-limit';
import { tooManyRequests } from '@koppel/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hashOf } from '@koppel/persistence';
import { ProblemError } from './problem-error.js';

/** Per API key, session or address: far above what a person or a well-made client needs. Counted per process. */
export const requestsPerMinute = 1_200;
const minuteMs = 60_000;

/** Bounds what one caller can ask of the API; the answer tells how much is left (`ratelimit-*`) and when to come back. */
export async function limitRequests(server: FastifyInstance): Promise<void> {
  await server.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: minuteMs,
    enableDraftSpec: true,
    keyGenerator: callerKey,
    allowList: (request) => !request.url.startsWith('/v1/'),
    errorResponseBuilder: () => new ProblemError(tooManyRequests),
  });
}

function callerKey(request: FastifyRequest): string {
  const { authorization } = request.headers;
  if (authorization !== undefined) return hashOf(authorization);
  return request.session.userId ?? request.ip;
}
