/** An app as registered in Exact's App Center. */
export interface ClientRegistration {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Addresses that consent may return to; absent = any, for tests and demos on free ports. */
  readonly redirectUris?: readonly string[];
  readonly webhookSecret: string;
}

/** The app that every sandbox knows. */
export const DEMO_CLIENT: ClientRegistration = {
  clientId: '6f1c2a4e-0b57-4d7a-9a35-5d2f1f6b8c90',
  clientSecret: 'demo-client-secret',
  webhookSecret: 'demo-webhook-secret',
};

/** Why a redirect address is refused, or undefined when it may be used. */
export function redirectProblem(
  client: ClientRegistration,
  uri: string,
  isStrict: boolean,
): string | undefined {
  if (!URL.canParse(uri)) return 'redirect_uri is no address';
  if (client.redirectUris && !client.redirectUris.includes(uri)) return 'redirect_uri is not registered';
  const { protocol, hostname } = new URL(uri);
  if (protocol !== 'https:' && protocol !== 'http:') return 'redirect_uri is no web address';
  const isLocal = hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]';
  if (isStrict && (protocol !== 'https:' || isLocal)) return 'redirect_uri must be https and public';
  return undefined;
}
