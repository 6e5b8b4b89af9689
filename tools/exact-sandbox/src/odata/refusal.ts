import { jsonReply, reply, type HttpReply } from '../http/exchange.js';

/**
 * A request that the API refuses. It is thrown from any depth and turned into an answer at one place, since every
 * refusal ends the request in the same way.
 */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

/** Exact's error shape: code and lang are usually empty. */
export function refusalReply(refusal: Refusal): HttpReply {
  if (refusal.message === '') return reply(refusal.status, '', refusal.headers);
  const error = { code: '', message: { lang: '', value: refusal.message } };
  return jsonReply(refusal.status, { error }, refusal.headers);
}

export function querySyntax(): Refusal {
  return new Refusal(400, 'Error in query syntax.');
}
