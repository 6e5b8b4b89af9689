import type { Topic } from '@koppel/domain/webhooks';
import type { DivisionKey } from '@koppel/persistence';

export interface ReceivedNotice extends DivisionKey {
  readonly topic: Topic;
}

export interface CountedNotice extends ReceivedNotice {
  readonly count: number;
}

interface Waiter {
  readonly resolve: (outcome: 'recorded') => void;
  readonly reject: (reason: unknown) => void;
}

/** Callers that wait for the database at once; Exact comes back for what is refused. */
const waitersMax = 2_000;

/**
 * Writes notices down in flocks: what arrives while one flock is being written is the next one. So the number of transactions does
 * not grow with the number of notices, and nobody is told `recorded` before it is.
 */
export class NoticeInbox {
  private pending = new Map<string, CountedNotice>();
  private waiters: Waiter[] = [];
  private held = 0;
  private isWriting = false;

  constructor(private readonly record: (notices: readonly CountedNotice[]) => Promise<void>) {}

  /** Rejects with what the database said; `full` when too many wait already. */
  add(notice: ReceivedNotice): Promise<'recorded' | 'full'> {
    if (this.held >= waitersMax) return Promise.resolve('full');
    const key = `${notice.region} ${notice.division} ${notice.topic}`;
    const count = (this.pending.get(key)?.count ?? 0) + 1;
    this.pending.set(key, { ...notice, count });
    this.held += 1;
    return new Promise<'recorded'>((resolve, reject) => {
      this.waiters.push({ resolve, reject });
      if (!this.isWriting) void this.write();
    }).finally(() => {
      this.held -= 1;
    });
  }

  /** Ends when nothing is pending; at most `waitersMax` can be. */
  private async write(): Promise<void> {
    this.isWriting = true;
    while (this.pending.size > 0) {
      const notices = [...this.pending.values()];
      const { waiters } = this;
      this.pending = new Map();
      this.waiters = [];
      try {
        await this.record(notices);
        for (const { resolve } of waiters) resolve('recorded');
      } catch (error) {
        for (const { reject } of waiters) reject(error);
      }
    }
    this.isWriting = false;
  }
}
