import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TokenEndpoint {
  readonly url: string;
  /** The forms that were posted, in order. */
  readonly calls: readonly Readonly<Record<string, string>>[];
  /** What the next calls are answered with; granted tokens when undefined. */
  answer: { readonly status: number; readonly body: string } | undefined;
  /** What is answered to a GET whose path ends so; nothing is asked but tokens when empty. */
  pages: Readonly<Record<string, object>>;
  close(): Promise<void>;
}

/** A site with a token endpoint that writes down what it was asked, and few pages. */
export async function startTokenEndpoint(): Promise<TokenEndpoint> {
  const calls: Record<string, string>[] = [];
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      const { pathname } = new URL(request.url ?? '', endpoint.url);
      const page = Object.entries(endpoint.pages).find(([end]) => pathname.endsWith(end))?.[1];
      response.writeHead(page ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ d: page ?? {} }));
      return;
    }
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      calls.push(Object.fromEntries(new URLSearchParams(body)));
      const tokens = {
        access_token: `AT${calls.length}`,
        refresh_token: `RT${calls.length}`,
        expires_in: '600',
      };
      const { status, body: text } = endpoint.answer ?? { status: 200, body: JSON.stringify(tokens) };
      response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint: TokenEndpoint = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answer: undefined,
    pages: {},
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return endpoint;
}
