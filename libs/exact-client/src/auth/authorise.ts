import { ExactError } from '../errors.js';
import type { Transport } from '../transport.js';
import { requestTokens, type TokenPair } from './token-request.js';

/** What the address of the consent page is made of (section 1.2). */
export interface AuthorisationRequest {
  /** The region's site, without a trailing slash. */
  readonly baseUrl: string;
  readonly clientId: string;
  /** Exactly as registered at Exact. */
  readonly redirectUri: string;
  /** Opaque, unguessable, bound to the session that will receive the answer; echoed by Exact. */
  readonly state: string;
  /** True makes the user log in even when a session exists, so another Exact user can be picked. */
  readonly forceLogin: boolean;
}

/** The address to send the browser to for consent. */
export function authorisationUrl(request: AuthorisationRequest): string {
  const query = new URLSearchParams({
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    response_type: 'code',
    state: request.state,
    force_login: request.forceLogin ? '1' : '0',
  });
  return `${request.baseUrl}/api/oauth2/auth?${query.toString()}`;
}

/** What the exchange of a code needs (section 1.3). */
export interface CodeExchange {
  readonly transport: Transport;
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  /** As read from the callback's query by a URL parser, so decoded once (E15). Lives 3 minutes, works once. */
  readonly code: string;
  readonly now: () => Date;
}

/** Turns the code of the callback into tokens. Throws ExactError `code-refused` when it is used, late or foreign; transient kinds as they are. */
export async function exchangeCode(exchange: CodeExchange): Promise<TokenPair> {
  const answer = await requestTokens(exchange, {
    grant_type: 'authorization_code',
    code: exchange.code,
    redirect_uri: exchange.redirectUri,
    client_id: exchange.clientId,
    client_secret: exchange.clientSecret,
  });
  if (answer.kind === 'granted') return answer.pair;
  const reason = answer.kind === 'refused' ? answer.error : answer.kind;
  throw new ExactError({ kind: 'code-refused', reason });
}
