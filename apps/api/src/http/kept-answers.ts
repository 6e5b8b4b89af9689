import { idempotencyAnswerUnreadable } from '@koppel/contracts';
import { hashOf, KeyUnavailable, type TokenCipher } from '@koppel/persistence';
import type { AnswerKey, KeptAnswer } from '@koppel/persistence/idempotency';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from './problem-error.js';

/**
 * How a request that had its effect ended. A refusal had none, so none is kept: its cause may be gone at the next try (an issue that was
 * solved, a connection that works again), and whoever tries again wants to hear that.
 */
export interface Answer {
  readonly kind: 'value';
  readonly value?: unknown;
}

/** What a request asks for, as SHA-256 in hex: the order of members does not count. */
export function fingerprintOf(request: FastifyRequest): string {
  const { method, routeOptions, params, query, body } = request;
  const asked = { method, route: routeOptions.url, params, query, body };
  return hashOf(JSON.stringify(asked, inOrder));
}

function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function seal(cipher: TokenCipher, key: AnswerKey, answer: Answer): KeptAnswer['sealed'] {
  return cipher.encrypt(JSON.stringify(answer), placeOf(key));
}

/**
 * Undefined for a refusal, which the release before this one kept. A problem of its own when the encryption key is gone: what was asked for
 * was done all the same.
 */
export function open(cipher: TokenCipher, key: AnswerKey, { sealed }: KeptAnswer): Answer | undefined {
  try {
    const answer = JSON.parse(cipher.decrypt(sealed, placeOf(key))) as Answer | { readonly kind: 'problem' }; // only `seal` writes it, and it is authenticated
    return answer.kind === 'value' ? answer : undefined;
  } catch (error) {
    if (!(error instanceof KeyUnavailable)) throw error;
    throw new ProblemError(idempotencyAnswerUnreadable);
  }
}

function placeOf({ tenantId, actorId, keyHash }: AnswerKey) {
  return { tenantId, answerOf: hashOf(`${actorId}|${keyHash}`), field: 'kept-answer' } as const;
}
