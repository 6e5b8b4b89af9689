import http from 'node:http';
import https from 'node:https';
import {
  refusalOfUrl,
  type AddressPolicy,
  type Outcome,
  type UnreachedReason,
} from '@koppel/domain/outgoing-events';
import { AddressRefused, guardedLookup } from './guarded-lookup.js';
import { NameUnresolved } from './resolve-name.js';

export interface Posting {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

export interface PostBounds {
  readonly timeoutMs: number;
  /** Of an answer's body so much is read, and nothing of it is kept. */
  readonly answerMaxBytes: number;
  readonly policy: AddressPolicy;
  /** Aborted: the attempt never was. */
  readonly stopping: AbortSignal;
}

/**
 * Posts to an address that a customer chose: to public ones only, judged by what we really connect to; no redirect is followed, and
 * neither a slow nor an endless answer holds it longer than its bounds. A status that came is the answer, however its body ends. Throws
 * only when it is stopped before that.
 */
export async function postEvent(posting: Posting, bounds: PostBounds): Promise<Outcome> {
  const url = URL.parse(posting.url);
  if (!url || refusalOfUrl(url, bounds.policy)) return { kind: 'unreached', reason: 'address-refused' };
  const timeout = AbortSignal.timeout(bounds.timeoutMs);
  try {
    const signal = AbortSignal.any([timeout, bounds.stopping]);
    return { kind: 'answered', status: await send(url, posting, { ...bounds, signal }) };
  } catch (error) {
    bounds.stopping.throwIfAborted();
    return { kind: 'unreached', reason: timeout.aborted ? 'timeout' : reasonOf(error) };
  }
}

function send(
  url: URL,
  { headers, body }: Posting,
  { signal, policy, answerMaxBytes }: PostBounds & { readonly signal: AbortSignal },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http;
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const options = { method: 'POST', headers: { ...headers, ...length }, signal, agent: false } as const;
    const sent = request(url, { ...options, lookup: guardedLookup(policy) }, (answer) => {
      let read = 0;
      const settle = () => resolve(answer.statusCode ?? 0); // an answer of a server has one
      // Also when time is up: aborting tells the request before its answer.
      sent.off('error', reject).on('error', settle);
      answer.on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read > answerMaxBytes) answer.destroy();
      });
      answer.on('close', settle).on('error', settle);
    });
    // Without a listener Node drops the connection and says nothing more, not even when it is aborted.
    sent.on('upgrade', (answer, socket) => {
      socket.destroy();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('error', reject).end(body);
  });
}

/** What Node and OpenSSL call a failed handshake or a certificate that is not believed. */
const tlsCode = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|EPROTO)/;

function reasonOf(error: unknown): UnreachedReason {
  if (error instanceof AddressRefused) return 'address-refused';
  if (error instanceof NameUnresolved) return 'dns';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return tlsCode.test(code) ? 'tls' : 'connection';
}
