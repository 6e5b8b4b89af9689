import { consentByForms } from '../oauth/consent-by-forms.js';
import { DEMO_CLIENT } from '../oauth/clients.js';
import type { Sandbox } from '../start-sandbox.js';

export const REDIRECT = 'http://127.0.0.1:9/exact/callback';

/** An answer as a test looks at it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The `d` of a JSON body. */
  readonly d: unknown;
  /** Rows, whatever the shape. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly next: string | undefined;
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: unknown;
}

export interface CallOptions {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The address that an app would send the browser to. */
export function authoriseUrl(sandbox: Sandbox, extra = ''): string {
  const redirect = encodeURIComponent(REDIRECT);
  return `${sandbox.url}/api/oauth2/auth?client_id=${DEMO_CLIENT.clientId}&redirect_uri=${redirect}&response_type=code&state=S1${extra}`;
}

/** Posts to the token endpoint as the demo app. */
export async function postToken(
  sandbox: Sandbox,
  fields: Readonly<Record<string, string>>,
): Promise<Response> {
  const client = { client_id: DEMO_CLIENT.clientId, client_secret: DEMO_CLIENT.clientSecret };
  return fetch(`${sandbox.url}/api/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...client, ...fields }),
  });
}

/** Logs in, consents and exchanges the code. */
export async function authorise(
  sandbox: Sandbox,
  as: { readonly username?: string; readonly divisions?: readonly number[] } = {},
): Promise<Tokens> {
  const username = as.username ?? 'anna@bouwgroep-demo.nl';
  const divisions = as.divisions ? { divisions: as.divisions } : {};
  const back = await consentByForms({
    authoriseUrl: authoriseUrl(sandbox),
    username,
    password: 'demo',
    ...divisions,
  });
  const code = new URL(back).searchParams.get('code') ?? '';
  const answer = await postToken(sandbox, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
  if (answer.status !== 200) throw new Error(`token endpoint answered ${answer.status}`);
  // Safe: the sandbox answers 200 with this body only.
  return (await answer.json()) as Tokens;
}

/** Calls the API with an access token; the path is absolute, or starts after `/api/v1/`. */
export async function call(
  sandbox: Sandbox,
  token: string,
  path: string,
  options: CallOptions = {},
): Promise<Answer> {
  const url = path.startsWith('http') ? path : `${sandbox.url}/api/v1/${path}`;
  const response = await fetch(url, {
    method: options.method ?? 'GET',
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  return toAnswer(response, await response.text());
}

function toAnswer(response: Response, text: string): Answer {
  const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json') && text !== '';
  const { d } = isJson ? (JSON.parse(text) as { readonly d?: unknown }) : { d: undefined };
  const results = Array.isArray(d) ? d : (d as { readonly results?: unknown } | undefined)?.results;
  const next = (d as { readonly __next?: string } | undefined)?.__next;
  const rows = Array.isArray(results) ? (results as Readonly<Record<string, unknown>>[]) : [];
  return { status: response.status, headers: response.headers, text, d, rows, next };
}
