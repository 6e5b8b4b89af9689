/** What a person does on Exact's pages. */
export interface ConsentSteps {
  /** The address that the app sends the browser to. */
  readonly authoriseUrl: string;
  readonly username: string;
  readonly password: string;
  /** Division codes to tick; absent = all that are offered. */
  readonly divisions?: readonly number[];
  readonly decision?: 'allow' | 'deny';
}

/**
 * Walks through the login and consent pages without a browser, by their forms and cookies, and gives the address to
 * which the browser would return. Throws when a page is not what was expected.
 */
export async function consentByForms(steps: ConsentSteps): Promise<string> {
  const origin = new URL(steps.authoriseUrl).origin;
  const login = await fetch(steps.authoriseUrl, { redirect: 'manual' });
  const request = hidden(await login.text());
  const consent = await post(`${origin}/login`, '', [
    ['request', request],
    ['username', steps.username],
    ['password', steps.password],
  ]);
  if (consent.status === 302) return consent.headers.get('location') ?? '';
  const page = await consent.text();
  if (consent.status !== 200) throw new Error(`login answered ${consent.status}`);
  const cookie = (consent.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const offered = [...page.matchAll(/name="division" value="(\d+)"/g)].map((match) => Number(match[1]));
  const chosen = (steps.divisions ?? offered).map((code) => ['division', String(code)] as const);
  const answer = await post(`${origin}/consent`, cookie, [
    ['request', hidden(page)],
    ['decision', steps.decision ?? 'allow'],
    ...chosen,
  ]);
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`consent answered ${answer.status} without a redirect`);
  return location;
}

function hidden(page: string): string {
  const value = /name="request" value="([^"]+)"/.exec(page)?.[1];
  if (value === undefined) throw new Error(`no form on the page: ${page.slice(0, 200)}`);
  return value;
}

async function post(
  url: string,
  cookie: string,
  fields: readonly (readonly [string, string])[],
): Promise<Response> {
  const body = new URLSearchParams();
  for (const [name, value] of fields) body.append(name, value);
  return fetch(url, { method: 'POST', body, redirect: 'manual', headers: cookie === '' ? {} : { cookie } });
}
