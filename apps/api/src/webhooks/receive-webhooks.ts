import {
  exactWebhookPath,
  notFound,
  serviceUnavailable,
  webhookMalformed,
  webhookSignatureWrong,
} from '@koppel/contracts';
import type { Topic } from '@koppel/domain/webhooks';
import { REGIONS } from '@koppel/exact-client/auth';
import { verifyWebhook, type WebhookVerdict } from '@koppel/exact-client/webhooks';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CoreParts } from '../core/core.module.js';
import { createDeps } from '../deps.js';
import { ProblemError } from '../http/problem-error.js';
import { sendProblem, toProblem } from '../http/problem.filter.js';
import { NoticeInbox } from './notice-inbox.js';
import { recordReceived } from './record-received.js';

/** A message of Exact has less than a thousand. */
const bodyMaxBytes = 65_536;
const retryAfterS = '5';

/** Exact's names of what we fetch; other topics are none of our business. */
const topics: ReadonlyMap<string, Topic> = new Map([
  ['Accounts', 'accounts'],
  ['Contacts', 'contacts'],
  ['BankAccounts', 'bank-accounts'],
  ['GLAccounts', 'gl-accounts'],
]);

type Verified = Extract<WebhookVerdict, { ok: true }>['content'];

/**
 * Takes Exact's notices. Below the frameworks' own parsing, because the signature is over the bytes as they came; in a scope of its
 * own, so that nothing else reads bodies that way.
 */
export async function receiveWebhooks(server: FastifyInstance, parts: CoreParts): Promise<void> {
  const { database, chance, config } = parts;
  const secret = config.exact.webhookSecret?.reveal();
  if (secret === undefined) return;
  const deps = createDeps(database, chance);
  const inbox = new NoticeInbox((notices) => recordReceived({ database, deps }, notices));
  await server.register((scope, _, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, read) => read(null, body));
    scope.setErrorHandler((error, request, reply) => fail(parts, error, { request, reply }));
    scope.post<{ Params: { region: string } }>(
      exactWebhookPath,
      { bodyLimit: bodyMaxBytes },
      async (request, reply) => {
        const { region } = request.params;
        if (!REGIONS.some((known) => known === region)) throw new ProblemError(notFound);
        const content = verified(request.body, secret);
        const topic = content && topics.get(content.Topic);
        if (topic !== undefined) await remember(inbox, { region, division: content!.Division, topic });
        return reply.code(200).send();
      },
    );
    done();
  });
}

/** Undefined for the empty call with which Exact looks whether we are there (F52). */
function verified(body: unknown, secret: string): Verified | undefined {
  const verdict = verifyWebhook(Buffer.isBuffer(body) ? body : Buffer.alloc(0), secret);
  if (verdict.ok) return verdict.content;
  switch (verdict.error.kind) {
    case 'validation-request':
      return undefined;
    case 'signature-wrong':
      throw new ProblemError(webhookSignatureWrong);
    case 'too-large':
    case 'malformed':
      throw new ProblemError(webhookMalformed);
  }
}

async function remember(inbox: NoticeInbox, notice: Parameters<NoticeInbox['add']>[0]): Promise<void> {
  const outcome = await inbox.add(notice);
  if (outcome === 'full') throw new ProblemError(serviceUnavailable, {}, { 'retry-after': retryAfterS });
}

/** No controller, so no filter of Nest's: the same problems, and logged without the body (F51). */
function fail(
  { log }: CoreParts,
  error: unknown,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): void {
  const problem = toProblem(error);
  const { id: requestId, ip } = request;
  const { kind, status } = problem.definition;
  if (status >= 500) log.error({ requestId, err: error }, kind);
  else log.warn({ requestId, ip }, kind);
  sendProblem(request, reply, problem);
}
