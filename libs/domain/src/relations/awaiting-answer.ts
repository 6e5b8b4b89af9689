import type { AccountWrite } from '../sync/index.js';

/**
 * The failure of an account that is to be made with many others, while people are asked whether one there is the relation: it is planned, and waits
 * for their answer.
 */
export const awaitingAnswer = { kind: 'in-question', message: '' } as const;

/** Who answers wakes it; this is for a question that ends otherwise. */
export const answerLookMs = 24 * 60 * 60_000;

/** Whether it is to be made, and waits for an answer. */
export function isAwaitingAnswer({ state, failure }: Pick<AccountWrite, 'state' | 'failure'>): boolean {
  return state === 'planned' && failure?.kind === awaitingAnswer.kind;
}
