import { Refusal } from '../odata/refusal.js';
import type { ClientRegistration } from '../oauth/clients.js';

/** With strict addresses on: https only, on the host of the app's registered redirect address (section 7). */
export function checkCallbackUrl(
  client: ClientRegistration | undefined,
  url: unknown,
  isStrict: boolean,
): void {
  if (typeof url !== 'string' || !URL.canParse(url))
    throw new Refusal(400, 'CallbackURL is not a valid address.');
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:')
    throw new Refusal(400, 'CallbackURL is not a web address.');
  if (!isStrict) return;
  const hosts = (client?.redirectUris ?? []).map((uri) => new URL(uri).hostname);
  if (protocol !== 'https:' || !hosts.includes(hostname)) {
    throw new Refusal(400, 'CallbackURL must be https and on the domain of the redirect address.');
  }
}
