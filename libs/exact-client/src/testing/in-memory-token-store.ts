import type { SaveTokens, TokenRow, TokenStore } from '../auth/token-store.js';

/** Faults that a real store can have, to be armed by a test. */
export interface StoreFaults {
  /** The next commits are lost after `work` ended. */
  lostCommits: number;
  /** The next swaps fail as a database does that is away. */
  failingSwaps: number;
}

/** A TokenStore as Postgres would be: one lock per row, nothing visible before commit, rolled back when `work` throws. */
export class InMemoryTokenStore implements TokenStore {
  readonly faults: StoreFaults = { lostCommits: 0, failingSwaps: 0 };
  /** Every committed row in order. */
  readonly commits: TokenRow[] = [];
  /** The answer that could not be read. */
  unread: string | undefined;
  private readonly rows = new Map<string, TokenRow>();
  private readonly locks = new Map<string, Promise<void>>();

  constructor(rows: Readonly<Record<string, TokenRow>> = {}) {
    for (const [id, row] of Object.entries(rows)) this.rows.set(id, row);
  }

  read(connectionId: string): Promise<TokenRow | undefined> {
    return Promise.resolve(this.rows.get(connectionId));
  }

  async withLock<T>(connectionId: string, work: (row: TokenRow, save: SaveTokens) => Promise<T>): Promise<T> {
    const release = await this.lock(connectionId);
    try {
      const row = this.rows.get(connectionId);
      if (row === undefined) throw new Error(`no token row ${connectionId}`);
      let saved: TokenRow | undefined;
      const result = await work(row, (next, unread) => {
        saved = next;
        this.unread = next.state === 'active' ? undefined : (this.unread ?? unread);
        return Promise.resolve();
      });
      if (saved !== undefined) this.commit(connectionId, saved);
      return result;
    } finally {
      release();
    }
  }

  async swap(connectionId: string, usedRefreshToken: string, next: TokenRow): Promise<boolean> {
    const release = await this.lock(connectionId);
    try {
      if (this.faults.failingSwaps > 0) {
        this.faults.failingSwaps -= 1;
        throw new Error('connection to the database is lost');
      }
      if (this.rows.get(connectionId)?.refreshToken !== usedRefreshToken) return false;
      this.commit(connectionId, next);
      return true;
    } finally {
      release();
    }
  }

  private commit(connectionId: string, row: TokenRow): void {
    if (this.faults.lostCommits > 0) {
      this.faults.lostCommits -= 1;
      throw new Error('connection to the database is lost');
    }
    this.rows.set(connectionId, row);
    this.commits.push(row);
  }

  private async lock(connectionId: string): Promise<() => void> {
    const before = this.locks.get(connectionId) ?? Promise.resolve();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.locks.set(
      connectionId,
      before.then(() => held),
    );
    await before;
    return release;
  }
}
