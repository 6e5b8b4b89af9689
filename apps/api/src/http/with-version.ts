import {
  ifMatchHeader,
  takesVersion,
  versionMissing,
  versionNamedIn,
  type EndpointShape,
} from '@koppel/contracts';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from './problem-error.js';

/**
 * Puts the version that If-Match names into the body of a change that must say which one it is meant for, before the body is parsed and before
 * an Idempotency-Key remembers it. Without either 428.
 */
export function takeVersion(endpoint: EndpointShape, request: FastifyRequest): void {
  if (!takesVersion(endpoint)) return;
  const body = request.body ?? {};
  if (typeof body !== 'object' || Array.isArray(body)) return; // refused by the contract
  const header = request.headers[ifMatchHeader];
  const named = header === undefined ? 'any' : versionNamedIn(header);
  if (named !== 'any') request.body = { ...body, version: named };
  else if (!('version' in body)) throw new ProblemError(versionMissing);
}
