import { createHash } from 'node:crypto';
import type { Grant } from './token-machine.js';

/** How long a refresh token lives. */
export const REFRESH_LIFE_MS = 30 * 86_400_000;

/** What happened to tokens, so that another start can live through it again. */
export type TokenEvent =
  | {
      readonly kind: 'issued';
      readonly clientId: string;
      readonly user: number;
      /** Division codes in the consent; null = all that the user may open. */
      readonly divisions: readonly number[] | null;
      readonly refreshToken: string;
      readonly accessToken: string;
      readonly at: number;
    }
  | {
      readonly kind: 'spent';
      readonly clientId: string;
      readonly user: number;
      /** Of the refresh token. */
      readonly hash: string;
      /** When the token was issued. */
      readonly at: number;
    }
  | { readonly kind: 'revoked'; readonly user: number };

export type IssuedEvent = Extract<TokenEvent, { kind: 'issued' }>;

/** The name under which a spent token is remembered. */
export function spentHash(refreshToken: string): string {
  return createHash('sha256').update(refreshToken).digest('base64url');
}

/** What is left of an issue when its refresh token is old. */
export function spentBy({ clientId, user, refreshToken, at }: IssuedEvent): TokenEvent {
  return { kind: 'spent', clientId, user, hash: spentHash(refreshToken), at };
}

/** App and user: each pair has one living refresh token. */
export function tokenOwner({ clientId, user }: Pick<Grant, 'clientId' | 'user'>): string {
  return `${clientId}|${user}`;
}
