import { htmlReply, parseQuery, reply, type HttpReply, type HttpRequest } from '../http/exchange.js';
import type { Random } from '../random.js';
import type { Switches } from '../switches.js';
import { redirectProblem, type ClientRegistration } from './clients.js';
import { consentPage, loginPage, problemPage, type OfferedDivision } from './pages.js';
import type { TokenMachine } from './token-machine.js';

const COOKIE = 'ASP.NET_SessionId';
const OPEN_REQUESTS_MAX = 1_000;
const URL_LENGTH_MAX = 6_000;

/** The users that can log in, as this part needs them. */
export interface Logins {
  check(username: string, password: string): number | undefined;
  fullName(user: number): string;
  divisionsOf(user: number): readonly OfferedDivision[];
}

export interface AuthoriseDeps {
  readonly clients: ReadonlyMap<string, ClientRegistration>;
  readonly tokens: TokenMachine;
  readonly logins: Logins;
  readonly random: Random;
  readonly switches: () => Switches;
}

interface OpenRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string | undefined;
}

/** The pages between "connect" and the code: authorise, log in, consent (specification, section 1.2). */
export class Authorisation {
  private readonly requests = new Map<string, OpenRequest>();
  private readonly sessions = new Map<string, number>();

  constructor(private readonly deps: AuthoriseDeps) {}

  /** `GET /api/oauth2/auth` */
  begin(request: HttpRequest): HttpReply {
    const query = parseQuery(request.query);
    if (request.query.length > URL_LENGTH_MAX) return problem('Het adres is te lang.');
    const client = this.deps.clients.get(query.get('client_id') ?? '');
    if (!client) return problem('Deze app is hier niet bekend (client_id).');
    const redirectUri = query.get('redirect_uri') ?? '';
    const redirectFault = redirectProblem(client, redirectUri, this.deps.switches().strictRedirect);
    if (redirectFault !== undefined) return problem(redirectFault);
    const open: OpenRequest = { clientId: client.clientId, redirectUri, state: query.get('state') };
    if (query.get('response_type') !== 'code') return returnTo(open, { error: 'unsupported_response_type' });
    const id = this.remember(open);
    const user = query.get('force_login') === '1' ? undefined : this.sessionUser(request);
    return user === undefined ? htmlReply(200, loginPage(id)) : this.askConsent(id, user);
  }

  /** `POST /login` with username, password, request. */
  logIn(request: HttpRequest): HttpReply {
    const form = parseQuery(request.body.toString('utf8'));
    const id = form.get('request') ?? '';
    if (!this.requests.has(id)) return problem('Deze aanvraag is verlopen. Begin opnieuw bij de app.');
    const user = this.deps.logins.check(form.get('username') ?? '', form.get('password') ?? '');
    if (user === undefined) {
      return htmlReply(401, loginPage(id, 'Gebruikersnaam of wachtwoord is onjuist.'));
    }
    const session = this.newKey();
    this.sessions.set(session, user);
    const consent = this.askConsent(id, user);
    return {
      ...consent,
      headers: { ...consent.headers, 'Set-Cookie': `${COOKIE}=${session}; Path=/; HttpOnly` },
    };
  }

  /** `POST /consent` with request, division (repeated), decision. */
  decide(request: HttpRequest): HttpReply {
    const form = new URLSearchParams(request.body.toString('utf8'));
    const id = form.get('request') ?? '';
    const open = this.requests.get(id);
    const user = this.sessionUser(request);
    if (!open || user === undefined) return problem('Deze aanvraag is verlopen. Begin opnieuw bij de app.');
    if (form.get('decision') !== 'allow') {
      this.requests.delete(id);
      return returnTo(open, { error: 'access_denied' });
    }
    const offered = new Set(this.deps.logins.divisionsOf(user).map(({ code }) => code));
    const chosen = form
      .getAll('division')
      .map(Number)
      .filter((code) => offered.has(code));
    if (chosen.length === 0) return this.askConsent(id, user, 'Kies ten minste één administratie.');
    this.requests.delete(id);
    return this.giveCode(open, user, new Set(chosen));
  }

  private askConsent(id: string, user: number, message?: string): HttpReply {
    const open = this.requests.get(id);
    if (open && !this.deps.switches().consentDivisions) {
      this.requests.delete(id);
      return this.giveCode(open, user, undefined);
    }
    const content = {
      request: id,
      user: this.deps.logins.fullName(user),
      divisions: this.deps.logins.divisionsOf(user),
    };
    return htmlReply(200, consentPage(message === undefined ? content : { ...content, message }));
  }

  private giveCode(open: OpenRequest, user: number, divisions: ReadonlySet<number> | undefined): HttpReply {
    const code = this.deps.tokens.issueCode({ clientId: open.clientId, user, divisions }, open.redirectUri);
    return returnTo(open, { code });
  }

  private remember(open: OpenRequest): string {
    const id = this.newKey();
    if (this.requests.size >= OPEN_REQUESTS_MAX) {
      const oldest = this.requests.keys().next().value;
      if (oldest !== undefined) this.requests.delete(oldest);
    }
    this.requests.set(id, open);
    return id;
  }

  private sessionUser(request: HttpRequest): number | undefined {
    const cookies = (request.headers.cookie ?? '').split(/;\s*/);
    const session = cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
    return session === undefined ? undefined : this.sessions.get(session);
  }

  private newKey(): string {
    return Array.from({ length: 24 }, () => this.deps.random.int(36).toString(36)).join('');
  }
}

function problem(text: string): HttpReply {
  return htmlReply(400, problemPage('Koppelen lukt niet', text));
}

function returnTo(open: OpenRequest, parameters: Readonly<Record<string, string>>): HttpReply {
  const all = { ...parameters, ...(open.state === undefined ? {} : { state: open.state }) };
  const query = Object.entries(all).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const glue = open.redirectUri.includes('?') ? '&' : '?';
  return reply(302, '', { Location: `${open.redirectUri}${glue}${query.join('&')}` });
}
