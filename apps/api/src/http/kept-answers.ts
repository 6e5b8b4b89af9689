import { createHash } from 'node:crypto';
import {
  idempotencyAnswerUnreadable,
  syncAlreadyRunning,
  wrongStep,
  type ProblemDefinition,
} from '@koppel/contracts';
import { KeyUnavailable, type TokenCipher } from '@koppel/persistence';
import type { AnswerKey, KeptAnswer } from '@koppel/persistence/idempotency';
import type { FastifyRequest } from 'fastify';
import { hashOf } from '../deps.js';
import { ProblemError } from './problem-error.js';

/** How a request ended, as far as the client may hear it again. */
export type Answer =
  | { readonly kind: 'value'; readonly value?: unknown }
  | {
      readonly kind: 'problem';
      readonly definition: ProblemDefinition;
      readonly members: Readonly<Record<string, unknown>>;
    };

/** Who is asking, how often, and what is frozen now: it may be otherwise the next time, so these are no answers to what was asked. */
const passingStatuses = new Set([401, 403, 423, 429]);
/** Conflicts that end when the work does that is going on. */
const passingKinds: ReadonlySet<string> = new Set([syncAlreadyRunning.kind, wrongStep.kind]);

/** The refusal as an answer that may be given again; undefined for what may end otherwise next time. */
export function lastingRefusal(error: unknown): Answer | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  const { definition, members } = error;
  const { status, kind } = definition;
  if (status >= 500 || passingStatuses.has(status) || passingKinds.has(kind)) return undefined;
  return { kind: 'problem', definition, members };
}

/** What a request asks for, as SHA-256 in hex: the order of members does not count. */
export function fingerprintOf(request: FastifyRequest): string {
  const { method, routeOptions, params, query, body } = request;
  const asked = { method, route: routeOptions.url, params, query, body };
  return createHash('sha256').update(JSON.stringify(asked, inOrder)).digest('hex');
}

function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function seal(cipher: TokenCipher, key: AnswerKey, answer: Answer): KeptAnswer['sealed'] {
  return cipher.encrypt(JSON.stringify(answer), placeOf(key));
}

/** A problem of its own when the encryption key is gone: what was asked for was done all the same. */
export function open(cipher: TokenCipher, key: AnswerKey, { sealed }: KeptAnswer): Answer {
  try {
    return JSON.parse(cipher.decrypt(sealed, placeOf(key))) as Answer; // only `seal` writes it, and it is authenticated
  } catch (error) {
    if (!(error instanceof KeyUnavailable)) throw error;
    return { kind: 'problem', definition: idempotencyAnswerUnreadable, members: {} };
  }
}

function placeOf({ tenantId, actorId, keyHash }: AnswerKey) {
  return { tenantId, answerOf: hashOf(`${actorId}|${keyHash}`), field: 'kept-answer' } as const;
}
