import { createHash } from 'node:crypto';
import type { Random } from '../random.js';
import type { Switches } from '../switches.js';
import { REFRESH_LIFE_MS, spentHash, tokenOwner, type IssuedEvent, type TokenEvent } from './token-event.js';

const ACCESS_LIFE_MS = 600_000;
const REFRESH_EARLIEST_MS = 570_000;
const CODE_LIFE_MS = 180_000;
const DAY_MS = 86_400_000;
const ACCESS_TOKENS_KEPT_MAX = 10_000;
const TOKEN_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-';
const TOKEN_LENGTH = 900;

/** Who gave which app access to which divisions. */
export interface Grant {
  readonly clientId: string;
  readonly user: number;
  /** Division codes in the consent; undefined = all that the user may open. */
  readonly divisions: ReadonlySet<number> | undefined;
}

export interface IssuedTokens {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: '600';
  readonly refresh_token: string;
}

export type TokenRefusal =
  | { readonly kind: 'invalid-request'; readonly description?: string }
  | { readonly kind: 'old-refresh-token' }
  | { readonly kind: 'too-early' }
  | { readonly kind: 'user-inactive' }
  | { readonly kind: 'day-limit' };

export type TokenResult =
  | { readonly ok: true; readonly value: IssuedTokens; readonly grant: Grant }
  | { readonly ok: false; readonly error: TokenRefusal; readonly grant?: Grant };

export type AccessResult =
  | { readonly kind: 'valid'; readonly grant: Grant }
  | { readonly kind: 'expired'; readonly grant: Grant }
  | { readonly kind: 'unknown' };

interface Chain {
  readonly grant: Grant;
  readonly refreshToken: string;
  readonly issuedAt: number;
  isRevoked: boolean;
}

interface Code {
  readonly grant: Grant;
  readonly redirectUri: string;
  readonly expiresAt: number;
}

interface AccessToken {
  readonly grant: Grant;
  readonly expiresAt: number;
  isRevoked: boolean;
}

/** A short name for a token that may stand in a journal. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 16);
}

/** Codes, access tokens and the chains of single-use refresh tokens (specification, sections 1.4 and 1.5). */
export class TokenMachine {
  private readonly codes = new Map<string, Code>();
  private readonly access = new Map<string, AccessToken>();
  private readonly chains = new Map<string, Chain>();
  private readonly chainByRefresh = new Map<string, Chain>();
  /** By hash: thousands pile up in a long run. */
  private readonly spent = new Map<string, Grant>();
  private readonly watchers: ((event: TokenEvent) => void)[] = [];
  private readonly dayCounts = new Map<string, { day: number; calls: number }>();

  constructor(
    private readonly now: () => number,
    private readonly random: Random,
    private readonly switches: () => Switches,
  ) {}

  /** Tells what happens to tokens from now on. */
  watch(watcher: (event: TokenEvent) => void): void {
    this.watchers.push(watcher);
  }

  /** Lives through an event of an earlier start. */
  restore(event: TokenEvent): void {
    switch (event.kind) {
      case 'issued':
        return this.install(event);
      case 'revoked':
        return this.revoke(event.user);
      case 'spent':
        this.spent.set(event.hash, {
          clientId: event.clientId,
          user: event.user,
          divisions: undefined,
        });
    }
  }

  /** Makes an authorisation code: three minutes, once, with characters that must be encoded in an address. */
  issueCode(grant: Grant, redirectUri: string): string {
    const region = this.switches().region.toUpperCase();
    const code = `stamp${region}.${this.text(12)}+${this.text(24)}/${this.text(40)}!=`;
    this.codes.set(code, { grant, redirectUri, expiresAt: this.now() + CODE_LIFE_MS });
    return code;
  }

  /** Exchanges a code; a new chain makes the earlier chain of the same app and user old. */
  exchangeCode(clientId: string, codeText: string, redirectUri: string): TokenResult {
    const code = this.codes.get(codeText);
    this.codes.delete(codeText);
    if (!code || code.grant.clientId !== clientId || code.redirectUri !== redirectUri)
      return refused('invalid-request');
    if (this.now() >= code.expiresAt) return refused('invalid-request');
    if (this.isOverDayLimit(code.grant)) return refused('day-limit', code.grant);
    return this.issue(code.grant);
  }

  /** Rotates a refresh token, or says why not. A refusal does not consume the token. */
  refresh(clientId: string, refreshToken: string): TokenResult {
    const spentBy = this.spent.get(spentHash(refreshToken));
    if (spentBy) return refused('old-refresh-token', spentBy);
    const chain = this.chainByRefresh.get(refreshToken);
    if (!chain || chain.grant.clientId !== clientId) return refused('invalid-request');
    if (chain.isRevoked) return refused('user-inactive', chain.grant);
    const now = this.now();
    if (now - chain.issuedAt > REFRESH_LIFE_MS) return expired(chain, now);
    if (this.isOverDayLimit(chain.grant)) return refused('day-limit', chain.grant);
    if (now - chain.issuedAt < REFRESH_EARLIEST_MS) return refused('too-early', chain.grant);
    return this.issue(chain.grant);
  }

  /** What an access token is worth now. */
  look(accessToken: string): AccessResult {
    const token = this.access.get(accessToken);
    if (!token) return { kind: 'unknown' };
    const isValid = !token.isRevoked && this.now() < token.expiresAt;
    return { kind: isValid ? 'valid' : 'expired', grant: token.grant };
  }

  /** Ends every session of a user, as a changed password or a blocked user does. */
  revokeUser(user: number): void {
    this.revoke(user);
    this.tell({ kind: 'revoked', user });
  }

  private revoke(user: number): void {
    for (const chain of this.chains.values()) if (chain.grant.user === user) chain.isRevoked = true;
    for (const token of this.access.values()) if (token.grant.user === user) token.isRevoked = true;
  }

  private issue(grant: Grant): TokenResult {
    const event: IssuedEvent = {
      kind: 'issued',
      clientId: grant.clientId,
      user: grant.user,
      divisions: grant.divisions ? [...grant.divisions] : null,
      refreshToken: this.text(TOKEN_LENGTH),
      accessToken: `AAEA${this.text(TOKEN_LENGTH)}`,
      at: this.now(),
    };
    this.install(event);
    this.tell(event);
    const value: IssuedTokens = {
      access_token: event.accessToken,
      token_type: 'Bearer',
      expires_in: '600',
      refresh_token: event.refreshToken,
    };
    return { ok: true, value, grant };
  }

  /** The new refresh token makes the one before it old, also that of an earlier consent. */
  private install({ clientId, user, divisions, refreshToken, accessToken, at }: IssuedEvent): void {
    const grant: Grant = { clientId, user, divisions: divisions ? new Set(divisions) : undefined };
    const previous = this.chains.get(tokenOwner(grant));
    if (previous) this.spend(previous);
    const chain: Chain = { grant, refreshToken, issuedAt: at, isRevoked: false };
    this.chains.set(tokenOwner(grant), chain);
    this.chainByRefresh.set(refreshToken, chain);
    this.forgetOldest();
    this.access.set(accessToken, { grant, expiresAt: at + ACCESS_LIFE_MS, isRevoked: false });
  }

  private spend({ refreshToken, grant }: Chain): void {
    this.chainByRefresh.delete(refreshToken);
    this.spent.set(spentHash(refreshToken), grant);
  }

  private tell(event: TokenEvent): void {
    for (const watcher of this.watchers) watcher(event);
  }

  private forgetOldest(): void {
    if (this.access.size < ACCESS_TOKENS_KEPT_MAX) return;
    const oldest = this.access.keys().next().value;
    if (oldest !== undefined) this.access.delete(oldest);
  }

  private isOverDayLimit(grant: Grant): boolean {
    const key = tokenOwner(grant);
    const day = Math.floor(this.now() / DAY_MS);
    const count = this.dayCounts.get(key);
    const calls = count?.day === day ? count.calls + 1 : 1;
    this.dayCounts.set(key, { day, calls });
    return calls > this.switches().tokenDayLimit;
  }

  private text(length: number): string {
    let text = '';
    for (let i = 0; i < length; i += 1) text += TOKEN_ALPHABET[this.random.int(TOKEN_ALPHABET.length)] ?? 'A';
    return text;
  }
}

function refused(kind: TokenRefusal['kind'], grant?: Grant): TokenResult {
  return grant ? { ok: false, error: { kind }, grant } : { ok: false, error: { kind } };
}

function expired(chain: Chain, now: number): TokenResult {
  const until = americanTime(chain.issuedAt + REFRESH_LIFE_MS);
  const description = `The refresh token expired at ${until} and it is now ${americanTime(now)}.`;
  return { ok: false, error: { kind: 'invalid-request', description }, grant: chain.grant };
}

function americanTime(instant: number): string {
  return new Date(instant).toLocaleString('en-US', { timeZone: 'UTC' }).replace(',', '').replace(/ /g, ' ');
}
