import { foreignOrigin } from '@koppel/contracts';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from './problem-error.js';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
const loopbacks = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Refuses what another website could make a browser send: a change under our cookie must come from our own origin and
 * as JSON. API keys are exempt: a browser adds no Authorization header by itself.
 */
export function refuseForeignOrigin(request: FastifyRequest, publicUrl: string): void {
  if (safeMethods.has(request.method) || request.headers.authorization !== undefined) return;
  if (!isOwnOrigin(request.headers.origin, request.headers.host, publicUrl))
    throw new ProblemError(foreignOrigin);
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (hasBody && !isJson(request.headers['content-type'])) throw new ProblemError(foreignOrigin);
}

function isOwnOrigin(origin: string | undefined, host: string | undefined, publicUrl: string): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  const own = new URL(publicUrl);
  const from = new URL(origin);
  if (from.origin === own.origin) return true;
  // On one's own machine the same server has several names.
  return loopbacks.has(own.hostname) && loopbacks.has(from.hostname) && from.host === host;
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(;|$)/i.test(contentType ?? '');
}
