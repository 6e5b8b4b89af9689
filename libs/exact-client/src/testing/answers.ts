import type { Transport, TransportRequest, TransportResponse } from '../transport.js';

/** An answer as a transport gives it. */
export function anAnswer(parts: {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}): TransportResponse {
  const headers = new Headers({ 'content-type': 'application/json;charset=utf-8', ...parts.headers });
  const { body } = parts;
  return {
    status: parts.status ?? 200,
    headers,
    body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
  };
}

export interface Script extends Transport {
  readonly requests: TransportRequest[];
}

/** A transport that gives the scripted answers in turn (throwing what is an error) and remembers what it was asked. Asked for more, it throws. */
export function aScript(
  ...answers: (TransportResponse | Error | ((request: TransportRequest) => TransportResponse))[]
): Script {
  const requests: TransportRequest[] = [];
  const transport = (request: TransportRequest): Promise<TransportResponse> => {
    const answer = answers[requests.length];
    requests.push(request);
    if (answer === undefined)
      return Promise.reject(new Error(`no answer left for ${request.method} ${request.url}`));
    if (answer instanceof Error) return Promise.reject(answer);
    return Promise.resolve(typeof answer === 'function' ? answer(request) : answer);
  };
  return Object.assign(transport, { requests });
}
