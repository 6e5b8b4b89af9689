/** Pages and redirects between the address and the callback, at most. */
const hopsMax = 8;

export interface Consent {
  readonly username: string;
  readonly password: string;
}

/**
 * Logs in and consents at Exact Online as a browser without scripts would, and answers what Exact sent back to the
 * redirect address. Throws when a page is not the expected one.
 */
export async function giveConsent(
  authorisationUrl: string,
  who: Consent,
): Promise<{ state: string; code: string }> {
  const redirectUri = new URL(authorisationUrl).searchParams.get('redirect_uri');
  if (redirectUri === null) throw new Error('the authorisation address names no redirect address');
  const browser = new CookieJar();
  let answer = await browser.send(authorisationUrl);
  for (let hop = 0; hop < hopsMax; hop += 1) {
    const location = answer.headers.get('location');
    if (location?.startsWith(redirectUri)) return readCallback(new URL(location));
    answer = location
      ? await browser.send(new URL(location, answer.url).href)
      : await browser.submit(answer.url, await answer.text(), who);
  }
  throw new Error('the consent at Exact did not come to an end');
}

function readCallback(url: URL): { state: string; code: string } {
  const code = url.searchParams.get('code');
  const state = url.searchParams.get('state');
  if (code === null || state === null)
    throw new Error(`Exact refused: ${url.searchParams.get('error') ?? url.search}`);
  return { code, state };
}

class CookieJar {
  private readonly cookies = new Map<string, string>();

  async send(url: string, form?: URLSearchParams): Promise<Response> {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) this.cookies.set(name, value);
    }
    return answer;
  }

  /** Fills in the page's only form: login, or consent to every division that is offered. */
  submit(pageUrl: string, html: string, who: Consent): Promise<Response> {
    const action = /<form[^>]*action="([^"]+)"/.exec(html)?.[1];
    if (!action) throw new Error(`no form on ${pageUrl}`);
    const form = new URLSearchParams();
    for (const input of html.match(/<input[^>]*>/g) ?? []) {
      const name = attribute(input, 'name');
      const type = attribute(input, 'type');
      if (name && (type === 'hidden' || type === 'checkbox'))
        form.append(name, attribute(input, 'value') ?? '');
    }
    if (html.includes('name="password"')) {
      form.set('username', who.username);
      form.set('password', who.password);
    } else {
      form.set('decision', 'allow');
    }
    return this.send(new URL(action, pageUrl).href, form);
  }
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&');
}
