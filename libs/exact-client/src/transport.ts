import {
  Agent as HttpAgent,
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { ExactError, type HttpMethod, type RequestPhase } from './errors.js';

/** One exchange to make. `headers` are sent as given, next to `accept-encoding`. */
export interface TransportRequest {
  readonly method: HttpMethod;
  /** Absolute; sent exactly as given. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Bound on the whole exchange; the transport's own bounds hold as well. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** Names are case-insensitive; null when absent. `Headers` of the web platform satisfies it. */
export interface ResponseHeaders {
  get(name: string): string | null;
}

/** A whole answer, whatever its status. */
export interface TransportResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** The whole body, decoded. A transport never resolves with a part of it. */
  readonly body: string;
}

/** The one way out of this package. Throws ExactError `network`, `timeout` or `unexpected-content`; any status is an answer, redirects included. */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;

/** Bounds of one exchange, in milliseconds and bytes. */
export interface TransportLimits {
  readonly connectMs: number;
  readonly headersMs: number;
  /** The longest silence allowed inside a body. */
  readonly bodyIdleMs: number;
  readonly totalMs: number;
  /** Bound on the decoded body, so a small gzip answer cannot fill the memory. */
  readonly bodyMaxBytes: number;
}

/** Bounds of reliability.md F33 and F34. */
export const DEFAULT_TRANSPORT_LIMITS: TransportLimits = {
  connectMs: 5_000,
  headersMs: 30_000,
  bodyIdleMs: 15_000,
  totalMs: 120_000,
  bodyMaxBytes: 20 * 1024 * 1024,
};

const SOCKETS_MAX = 64;
/** Long enough to read what lies in a socket. */
const GRACE_MS = 20;

/** A transport that holds connections. */
export interface HttpTransport extends Transport {
  /** Closes idle connections; requests under way are cut. */
  close(): void;
}

/**
 * A transport over node:http and node:https: connections kept alive (an Exact TLS connect can take seconds), gzip, no redirects followed,
 * and a body that ended early, is broken or is too long is a failure, never a shorter page.
 */
export function createHttpTransport(limits: Partial<TransportLimits> = {}): HttpTransport {
  const bounds = { ...DEFAULT_TRANSPORT_LIMITS, ...limits };
  const agents = {
    http: new HttpAgent({ keepAlive: true, maxSockets: SOCKETS_MAX }),
    https: new HttpsAgent({ keepAlive: true, maxSockets: SOCKETS_MAX }),
  };
  const transport = (request: TransportRequest): Promise<TransportResponse> =>
    exchange(request, bounds, agents);
  return Object.assign(transport, {
    close: () => {
      agents.http.destroy();
      agents.https.destroy();
    },
  });
}

interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

async function exchange(
  request: TransportRequest,
  bounds: TransportLimits,
  agents: Agents,
): Promise<TransportResponse> {
  const sending = open(request, agents);
  const watch = watchOver(sending, request, bounds);
  try {
    const response = await answerOf(sending, request, watch);
    watch.enter('body', bounds.bodyIdleMs);
    const bytes = await readBody(response, bounds.bodyMaxBytes, () => watch.enter('body', bounds.bodyIdleMs));
    return {
      status: response.statusCode ?? 0,
      headers: headersOf(response),
      body: decodeUtf8(bytes, response),
    };
  } catch (error) {
    sending.destroy();
    throw watch.explain(error);
  } finally {
    watch.stop();
  }
}

function open(request: TransportRequest, agents: Agents): ClientRequest {
  const url = new URL(request.url);
  const isTls = url.protocol === 'https:';
  // A kept connection may have been closed at the other end just now; for a POST that would leave its fate unknown, so it gets a fresh one.
  const agent = request.method === 'POST' ? false : isTls ? agents.https : agents.http;
  const headers = { 'accept-encoding': 'gzip', ...request.headers };
  return (isTls ? httpsRequest : httpRequest)(url, { method: request.method, headers, agent });
}

function answerOf(sending: ClientRequest, request: TransportRequest, watch: Watch): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sending.once('error', reject);
    sending.once('response', (response) => {
      sending.on('error', () => undefined); // From here the response stream reports the failure.
      resolve(response);
    });
    sending.once('socket', (socket) => {
      if (!socket.connecting) return watch.connected();
      socket.once(new URL(request.url).protocol === 'https:' ? 'secureConnect' : 'connect', () =>
        watch.connected(),
      );
    });
    if (request.body === undefined) sending.end();
    else sending.end(request.body);
  });
}

interface Watch {
  connected(): void;
  enter(phase: RequestPhase, allowedMs: number): void;
  explain(error: unknown): unknown;
  stop(): void;
}

/** One timer for the phase, one for the whole; whichever fires first destroys the request and names the reason. */
function watchOver(sending: ClientRequest, request: TransportRequest, bounds: TransportLimits): Watch {
  let phase: RequestPhase = 'connect';
  let expired: ExactError | undefined;
  let isOver = false;
  let steps = 0;
  const expireAfter = (afterMs: number, isStill: () => boolean) =>
    setTimeout(() => {
      // After a standstill time is up before what has arrived meanwhile is read, and that may be a token which nobody gets twice (F43).
      setTimeout(() => {
        if (isOver || !isStill()) return;
        expired ??= new ExactError({ kind: 'timeout', phase, afterMs });
        sending.destroy(expired);
      }, GRACE_MS);
    }, afterMs);
  const totalMs = Math.min(bounds.totalMs, request.timeoutMs ?? bounds.totalMs);
  const total = expireAfter(totalMs, () => true);
  const takeStep = (allowedMs: number) => {
    const own = (steps += 1);
    return expireAfter(allowedMs, () => own === steps);
  };
  let step = takeStep(bounds.connectMs);
  const enter = (next: RequestPhase, allowedMs: number) => {
    clearTimeout(step);
    phase = next;
    step = takeStep(allowedMs);
  };
  const abort = () => sending.destroy(new ExactError({ kind: 'network', phase, code: 'ABORTED' }));
  request.signal?.addEventListener('abort', abort, { once: true });
  if (request.signal?.aborted === true) abort();
  return {
    enter,
    connected: () => enter('headers', bounds.headersMs),
    explain: (error) => expired ?? asFailure(error, phase),
    stop: () => {
      isOver = true;
      clearTimeout(total);
      clearTimeout(step);
      request.signal?.removeEventListener('abort', abort);
    },
  };
}

function asFailure(error: unknown, phase: RequestPhase): unknown {
  if (error instanceof ExactError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
  return new ExactError({ kind: 'network', phase, code }, { cause: error });
}

async function readBody(response: IncomingMessage, maxBytes: number, onData: () => void): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const collect = async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxBytes)
        throw new ExactError({ kind: 'malformed', reason: `body over ${maxBytes} bytes`, mayPass: true });
      chunks.push(chunk);
      onData();
    }
  };
  const encoding = (response.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding === 'gzip') await pipeline(response, createGunzip(), collect);
  else if (encoding === 'identity' || !isSuccess(response)) await pipeline(response, collect);
  else throw unexpected(response);
  if (!response.complete) throw new ExactError({ kind: 'network', phase: 'body', code: 'INCOMPLETE' });
  return Buffer.concat(chunks);
}

/** Of a success the body is what was asked for; of anything else the status tells what it is, whatever its page is written in. */
function isSuccess({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode >= 200 && statusCode < 300;
}

function decodeUtf8(bytes: Buffer, response: IncomingMessage): string {
  try {
    return new TextDecoder('utf-8', { fatal: isSuccess(response) }).decode(bytes);
  } catch (cause) {
    throw unexpected(response, cause);
  }
}

function unexpected(response: IncomingMessage, cause?: unknown): ExactError {
  const contentType = response.headers['content-type'] ?? '';
  return new ExactError(
    { kind: 'unexpected-content', status: response.statusCode ?? 0, contentType },
    { cause },
  );
}

function headersOf(response: IncomingMessage): ResponseHeaders {
  return {
    get: (name) => {
      const value = response.headers[name.toLowerCase()];
      return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value;
    },
  };
}
