import type { EndpointShape } from './endpoint.js';

const adds = 'It adds something, and changes nothing that somebody may have seen otherwise.';
const ownSession = 'It is about the caller’s own session alone.';
const steps = 'Its step is up once: who is later is told that it is not any more.';
const running = 'It is about what runs now, whatever was seen of it.';
const sendsAgain = 'It sends or looks once more, and changes nothing that somebody chose.';
const saysAll = 'It is one choice that is said whole: the later one holds, and nothing else is lost by it.';
const undoes =
  'An act never changes and is undone once; one on which another builds is not undone before that.';

/** Why a change asks for no version (If-Match): no update of somebody else can be lost by it. Every other one asks for it. */
export const withoutVersion: Readonly<Record<string, string>> = {
  'POST /v1/session': ownSession,
  'DELETE /v1/session': ownSession,
  'PUT /v1/session/tenant': ownSession,
  'PUT /v1/session/locale': ownSession,
  'PUT /v1/operator/tenants/:id/feature': saysAll,
  'POST /v1/api-keys': adds,
  'DELETE /v1/api-keys/:id': 'A key never changes, and revoked twice it is revoked.',
  'POST /v1/coupling/connections': adds,
  'POST /v1/coupling/connections/complete': 'A consent is completed once.',
  'DELETE /v1/coupling/connections/:id':
    'It destroys the tokens, whichever they are; everything else stays for who connects again.',
  'POST /v1/administrations/refresh': sendsAgain,
  'POST /v1/coupling/selection':
    'All that is selected is said, and the next step shows it before anything happens.',
  'POST /v1/coupling/codes/check': 'It changes nothing.',
  'POST /v1/coupling/confirmation': steps,
  'POST /v1/coupling/synchronise/finish': steps,
  'POST /v1/coupling/match/finish': steps,
  'POST /v1/coupling/refresh': sendsAgain,
  'POST /v1/coupling/activation': `${steps} The plan is named by its fingerprint.`,
  'PUT /v1/coupling/resync-interval': saysAll,
  'PUT /v1/coupling/account-creation': saysAll,
  'POST /v1/sync-runs': adds,
  'POST /v1/sync-runs/:id/pause': running,
  'POST /v1/sync-runs/:id/continue': running,
  'POST /v1/sync-runs/:id/steps/:stepId/retry': running,
  'POST /v1/issue-batch': 'Each of the issues has its version beside it.',
  'POST /v1/issues/:id/retry': sendsAgain,
  'POST /v1/proposal-batch': 'A pair that changed after `seenAt` is left out.',
  'POST /v1/actions/:id/undo': undoes,
  'POST /v1/action-batches/:id/undo': undoes,
  'POST /v1/relations/:id/uses':
    'It answers the account that is there, and makes one where there is none, once.',
  'POST /v1/administrations/:id/invoice-numbers':
    'It takes the next number; asked again with the same reference it answers the same one.',
  'POST /v1/webhook-endpoints': adds,
  'POST /v1/webhook-endpoints/:id/ping': sendsAgain,
  'POST /v1/webhook-endpoints/:id/replay': sendsAgain,
  'POST /v1/webhook-deliveries/:id/replay': sendsAgain,
};

/** Undefined for one that asks for a version, or changes nothing. */
export function whyWithoutVersion({
  method,
  path,
}: Pick<EndpointShape, 'method' | 'path'>): string | undefined {
  return withoutVersion[`${method} ${path}`];
}
