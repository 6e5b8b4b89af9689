import type { IncomingHttpHeaders } from 'node:http';

/** A request, read whole. */
export interface HttpRequest {
  readonly method: string;
  /** Path without the query, still percent-encoded. */
  readonly path: string;
  /** Query without the question mark, still percent-encoded. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** `http://host:port` as the caller named it. */
  readonly origin: string;
}

/** An answer, written whole. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Pages of a megabyte come in pieces: fresh memory for the whole of one costs more than making it. */
  readonly body: string | readonly string[];
  /** Bytes of the body after which the connection is destroyed, 0 = before anything is sent; undefined = never. */
  readonly cutAfter?: number;
  /** Real milliseconds that the answer is held back. */
  readonly delayMs?: number;
  /** Key of a record that was made, for the journal only. */
  readonly recordKey?: string;
}

/** The whole body as one text. */
export function bodyText({ body }: HttpReply): string {
  return typeof body === 'string' ? body : body.join('');
}

export function reply(
  status: number,
  body: HttpReply['body'] = '',
  headers: Readonly<Record<string, string>> = {},
): HttpReply {
  return { status, headers, body };
}

export function jsonReply(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpReply {
  return {
    status,
    body: JSON.stringify(value),
    headers: { 'Content-Type': 'application/json;charset=utf-8', ...headers },
  };
}

export function htmlReply(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): HttpReply {
  return { status, body, headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers } };
}

/** Decodes a query the way the .NET stack does: `+` is a blank, the last of equal names wins. */
export function parseQuery(query: string): ReadonlyMap<string, string> {
  return new Map(new URLSearchParams(query));
}
