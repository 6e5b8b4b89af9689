import { jsonReply, parseQuery, reply, type HttpReply, type HttpRequest } from '../http/exchange.js';
import type { Switches } from '../switches.js';
import type { ClientRegistration } from './clients.js';
import type { Grant, TokenMachine, TokenRefusal, TokenResult } from './token-machine.js';

const TOO_EARLY = 'Rate limit exceeded: access_token not expired';

export interface TokenEndpointDeps {
  readonly tokens: TokenMachine;
  readonly clients: ReadonlyMap<string, ClientRegistration>;
  readonly switches: () => Switches;
}

/** What came of a token call, for the journal. */
export interface TokenCall {
  readonly reply: HttpReply;
  readonly grantType: string;
  readonly clientId: string;
  readonly refreshToken: string | undefined;
  readonly outcome: 'issued' | TokenRefusal['kind'];
  readonly grant: Grant | undefined;
}

/** `POST /api/oauth2/token`: the code grant and the refresh grant, form-encoded. */
export function answerTokenCall(deps: TokenEndpointDeps, request: HttpRequest): TokenCall {
  const form = parseQuery(request.body.toString('utf8'));
  const grantType = form.get('grant_type') ?? '';
  const clientId = form.get('client_id') ?? '';
  const result = isForm(request) ? grantTokens(deps, form) : invalidRequest;
  const outcome = result.ok ? 'issued' : result.error.kind;
  const refreshToken = grantType === 'refresh_token' ? form.get('refresh_token') : undefined;
  return {
    reply: toReply(result, deps.switches()),
    grantType,
    clientId,
    refreshToken,
    outcome,
    grant: result.grant,
  };
}

const invalidRequest: TokenResult = { ok: false, error: { kind: 'invalid-request' } };

function isForm(request: HttpRequest): boolean {
  return (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
}

function grantTokens(deps: TokenEndpointDeps, form: ReadonlyMap<string, string>): TokenResult {
  const client = deps.clients.get(form.get('client_id') ?? '');
  if (!client || client.clientSecret !== form.get('client_secret')) return invalidRequest;
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return deps.tokens.exchangeCode(
        client.clientId,
        form.get('code') ?? '',
        form.get('redirect_uri') ?? '',
      );
    case 'refresh_token':
      return deps.tokens.refresh(client.clientId, form.get('refresh_token') ?? '');
    default:
      return invalidRequest;
  }
}

function toReply(result: TokenResult, switches: Switches): HttpReply {
  if (result.ok) return jsonReply(200, result.value);
  const { error } = result;
  switch (error.kind) {
    case 'old-refresh-token':
      return jsonReply(switches.oldRefreshStatus, {
        error: 'unauthorized_client',
        error_description: 'Old refresh token used.',
      });
    case 'too-early':
      return jsonReply(
        switches.tooEarlyStatus,
        { error: 'access_denied', error_description: TOO_EARLY },
        { Reason: `TooEarlyToRefreshTokens: ${TOO_EARLY}` },
      );
    case 'user-inactive':
      return jsonReply(400, { error: 'invalid_grant', error_description: 'User is not active.' });
    case 'day-limit':
      return reply(429);
    case 'invalid-request':
      return jsonReply(400, {
        error: 'invalid_request',
        ...(error.description === undefined ? {} : { error_description: error.description }),
      });
  }
}
