import {
  problemBody,
  type Body,
  type EndpointShape,
  type Params,
  type ProblemBody,
  type Query,
  type Response,
} from '@koppel/contracts';

/** A problem+json answer. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';

  constructor(readonly problem: ProblemBody) {
    super(`${problem.status} ${problem.kind}: ${problem.title} (${problem.instance})`);
  }
}

export interface CallParts<E extends EndpointShape> {
  readonly params?: Params<E>;
  readonly query?: Query<E>;
  readonly body?: Body<E>;
}

/** Koppel's public REST API as one signed-in person uses it: typed by the contracts, answers parsed by them. */
export class ApiClient {
  private cookie = '';

  constructor(private readonly origin: string) {}

  /** Calls an endpoint. Throws ApiRefusal for a problem, and what zod says when the answer is not the contract's. */
  async call<E extends EndpointShape>(endpoint: E, parts: CallParts<E> = {}): Promise<Response<E>> {
    const url = new URL(fillPath(endpoint.path, parts.params), this.origin);
    for (const [name, value] of Object.entries(parts.query ?? {})) url.searchParams.set(name, String(value));
    const answer = await fetch(url, {
      method: endpoint.method,
      headers: {
        accept: 'application/json',
        'accept-language': 'nl',
        origin: this.origin,
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(parts.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(parts.body === undefined ? {} : { body: JSON.stringify(parts.body) }),
    });
    this.keepCookie(answer);
    const text = await answer.text();
    if (!answer.ok) throw new ApiRefusal(problemBody.parse(JSON.parse(text)));
    return endpoint.response.parse(text === '' ? undefined : JSON.parse(text)) as Response<E>;
  }

  private keepCookie(answer: globalThis.Response): void {
    const [set] = answer.headers.getSetCookie();
    const pair = set?.split(';')[0];
    if (pair) this.cookie = pair;
  }
}

function fillPath(path: string, params: object | undefined): string {
  const values = new Map(Object.entries(params ?? {}));
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
}
