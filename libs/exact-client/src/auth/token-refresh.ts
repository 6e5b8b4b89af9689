import { ExactError, isTransient, type ReauthReason } from '../errors.js';
import type { TokenKeeperOptions } from './token-keeper-options.js';
import { requestTokens, type TokenAnswer } from './token-request.js';
import { rowOf, type SaveTokens, type TokenRow } from './token-store.js';

/** Exact refuses a refresh earlier than this after the previous one was given out (E02); 30 s later the token is dead. */
export const REFRESH_FROM_MS = 570_000;

/** How long a refused token is watched before the connection is declared dead (F43), and a token in doubt before it is tried again. */
const REREAD_REFUSED_MS = 60_000;
const REREAD_IN_DOUBT_MS = 20_000;
const REREAD_EVERY_MS = 2_000;
const QUIET_AFTER_FAULT_MS = 5_000;
const QUIET_AFTER_TOO_EARLY_MS = 30_000;
// A row from "the future" beyond this means that a clock was set back; then only Exact knows the token's age.
const CLOCK_STEP_MS = 5_000;
const STEPS_MAX = 6;
const SWAPS_MAX = 8;
const SWAP_WAIT_MAX_MS = 2_000;

/** The refresh token `used` is in doubt: see whether somebody replaces it. */
interface Watch {
  readonly kind: 'watch';
  readonly used: string;
  readonly isRefused: boolean;
}

type Step =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'over'; readonly reason: ReauthReason; readonly isNew: boolean }
  | { readonly kind: 'again'; readonly isCareful: boolean }
  | Watch;

interface Turn {
  readonly connectionId: string;
  readonly row: TokenRow;
  readonly save: SaveTokens;
  readonly isCareful: boolean;
}

/** The refresh itself, one connection at a time; `createTokenKeeper` puts the in-process single flight around it. */
export class TokenRefresh {
  /** Answers whose commit was lost: never used before they are saved, never thrown away. */
  private readonly held = new Map<string, { readonly used: string; readonly next: TokenRow }>();
  private readonly quiet = new Map<
    string,
    { readonly until: number; readonly error: ExactError | undefined }
  >();

  constructor(private readonly options: TokenKeeperOptions) {}

  async obtain(connectionId: string): Promise<string> {
    await this.saveHeld(connectionId);
    const row = await this.options.store.read(connectionId);
    if (row === undefined) throw reauthRequired('no-connection');
    if (row.state === 'reauth-required') throw reauthRequired('declared');
    if (this.isFresh(row) || this.isQuiet(connectionId)) return row.accessToken;
    return this.refresh(connectionId);
  }

  private async refresh(connectionId: string): Promise<string> {
    let isCareful = false;
    for (let count = 0; count < STEPS_MAX; count += 1) {
      const step = await this.step(connectionId, isCareful);
      if (step.kind === 'token') return step.token;
      if (step.kind === 'over') throw await this.announced(connectionId, step);
      if (step.kind === 'again') isCareful = step.isCareful;
      else if (await this.isReplaced(connectionId, step)) isCareful = false;
      else if (step.isRefused) throw await this.declared(connectionId, step.used);
      else isCareful = true;
    }
    throw new ExactError({ kind: 'unavailable', status: 0, retryAt: undefined });
  }

  private async step(connectionId: string, isCareful: boolean): Promise<Step> {
    try {
      const step = await this.options.store.withLock(connectionId, (row, save) =>
        this.turn({ connectionId, row, save, isCareful }),
      );
      this.held.delete(connectionId);
      return step;
    } catch (error) {
      if (!this.held.has(connectionId)) {
        if (error instanceof ExactError && isTransient(error)) this.hush(connectionId, error);
        throw error;
      }
      await this.saveHeld(connectionId);
      return { kind: 'again', isCareful: false };
    }
  }

  /** Under the row's lock: everything is looked at again, since another process may have been first. */
  private async turn(turn: Turn): Promise<Step> {
    const { connectionId, row, save } = turn;
    if (row.state === 'reauth-required') return { kind: 'over', reason: 'declared', isNew: false };
    if (this.isFresh(row)) return { kind: 'token', token: row.accessToken };
    if (row.state === 'refresh-refused') return { kind: 'watch', used: row.refreshToken, isRefused: true };
    if (row.state === 'refresh-unknown' && !turn.isCareful) {
      return { kind: 'watch', used: row.refreshToken, isRefused: false };
    }
    const answer = await this.ask(row.refreshToken);
    if (answer.kind === 'granted') {
      const next = rowOf(answer.pair, row);
      this.held.set(connectionId, { used: row.refreshToken, next });
      await save(next);
      return { kind: 'token', token: next.accessToken };
    }
    if (answer.kind === 'too-early') {
      // Exact says that the token still lives, and the refresh token was not consumed.
      this.hush(connectionId);
      return { kind: 'token', token: row.accessToken };
    }
    return this.afterBadAnswer(turn, answer);
  }

  private async afterBadAnswer(turn: Turn, answer: Extract<TokenAnswer, { kind: 'refused' | 'unreadable' }>) {
    const { row, save } = turn;
    const generation = row.generation + 1;
    // Both doubts are saved: the call that was spent on this token is spent for every process, also when this one dies.
    if (answer.kind === 'refused' && answer.reason === 'old-token') {
      await save({ ...row, state: 'refresh-refused', generation });
      return { kind: 'watch', used: row.refreshToken, isRefused: true } as const;
    }
    if (answer.kind === 'unreadable' && row.state !== 'refresh-unknown') {
      await save({ ...row, state: 'refresh-unknown', generation }, answer.body);
      return { kind: 'again', isCareful: true } as const;
    }
    const isUnreadable = answer.kind === 'unreadable';
    await save({ ...row, state: 'reauth-required', generation }, isUnreadable ? answer.body : undefined);
    const reason = isUnreadable ? 'answer-unreadable' : answer.reason;
    return { kind: 'over', reason, isNew: true } as const;
  }

  private async ask(refreshToken: string): Promise<TokenAnswer> {
    const { clientId, clientSecret } = this.options;
    const form = {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: clientId,
      client_secret: clientSecret,
    };
    try {
      return await requestTokens(this.options, form);
    } catch (error) {
      if (isCutAnswer(error)) return { kind: 'unreadable', body: undefined };
      throw error;
    }
  }

  /** F43: a paused process may still hold the pair that replaced `used`; it saves it by compare-and-swap when it wakes. */
  private async isReplaced(connectionId: string, { used, isRefused }: Watch): Promise<boolean> {
    const rereadMs = this.options.rereadMs ?? (isRefused ? REREAD_REFUSED_MS : REREAD_IN_DOUBT_MS);
    const rereads = Math.ceil(rereadMs / REREAD_EVERY_MS);
    for (let count = 0; ; count += 1) {
      const row = await this.options.store.read(connectionId);
      if (row === undefined) throw reauthRequired('no-connection');
      if (row.state === 'reauth-required') throw reauthRequired('declared');
      if (row.refreshToken !== used) return true;
      if (count >= rereads) return false;
      await this.pause(REREAD_EVERY_MS);
    }
  }

  private async declared(connectionId: string, used: string): Promise<ExactError> {
    const isNew = await this.options.store.withLock(connectionId, async (row, save) => {
      if (row.refreshToken !== used || row.state !== 'refresh-refused') return false;
      await save({ ...row, state: 'reauth-required', generation: row.generation + 1 });
      return true;
    });
    return this.announced(connectionId, { reason: 'old-token', isNew });
  }

  private async announced(
    connectionId: string,
    end: { reason: ReauthReason; isNew: boolean },
  ): Promise<ExactError> {
    if (end.isNew) await this.options.onReauthRequired(connectionId, end.reason);
    return reauthRequired(end.reason);
  }

  /** A success must reach the store: the old token is dead and nobody else knows the new one. */
  private async saveHeld(connectionId: string): Promise<void> {
    const held = this.held.get(connectionId);
    if (held === undefined) return;
    for (let count = 1; ; count += 1) {
      try {
        // False: the commit did arrive after all, or a person has reconnected; either way the row is newer than ours.
        await this.options.store.swap(connectionId, held.used, held.next);
        this.held.delete(connectionId);
        return;
      } catch (error) {
        if (count >= SWAPS_MAX) throw error;
        await this.pause(Math.min(SWAP_WAIT_MAX_MS, 50 * 2 ** count));
      }
    }
  }

  private isFresh(row: TokenRow): boolean {
    const ageMs = this.options.now().getTime() - row.accessIssuedAt.getTime();
    return ageMs < REFRESH_FROM_MS && ageMs >= -CLOCK_STEP_MS;
  }

  /** True while Exact told us to keep the token; throws the last fault again while the endpoint is to be left alone. */
  private isQuiet(connectionId: string): boolean {
    const quiet = this.quiet.get(connectionId);
    if (quiet === undefined) return false;
    if (this.options.now().getTime() < quiet.until) {
      if (quiet.error !== undefined) throw quiet.error;
      return true;
    }
    this.quiet.delete(connectionId);
    return false;
  }

  private hush(connectionId: string, error?: ExactError): void {
    const now = this.options.now().getTime();
    const limited =
      error instanceof ExactError ? error.detail('rate-limited')?.resetsAt.getTime() : undefined;
    const until = limited ?? now + (error === undefined ? QUIET_AFTER_TOO_EARLY_MS : QUIET_AFTER_FAULT_MS);
    this.quiet.set(connectionId, { until, error });
  }

  private pause(ms: number): Promise<void> {
    return this.options.wait?.(ms) ?? new Promise((resolve) => setTimeout(resolve, ms));
  }
}

function reauthRequired(reason: ReauthReason): ExactError {
  return new ExactError({ kind: 'reauth-required', reason });
}

/** The status line arrived and the rest did not, so Exact has acted (F44). A request without any answer stays a fault. */
function isCutAnswer(error: unknown): boolean {
  if (!(error instanceof ExactError)) return false;
  const { failure } = error;
  if (failure.kind === 'malformed') return true;
  if (failure.kind === 'unexpected-content') return failure.status >= 200 && failure.status < 300;
  return (failure.kind === 'network' || failure.kind === 'timeout') && failure.phase === 'body';
}
