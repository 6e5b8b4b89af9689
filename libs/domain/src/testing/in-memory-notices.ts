import type { NoticePace, Notices, WaitingNotice } from '../webhooks/index.js';

interface Row {
  readonly notice: WaitingNotice;
  readonly isWaiting: boolean;
  readonly fetchedAt: Date | null;
}

/** Notices in memory, for specs. */
export class InMemoryNotices implements Notices {
  private readonly rows = new Map<string, Row>();

  async add(
    { administrationId, topic, count }: Parameters<Notices['add']>[0],
    { dueAt, pauseMs }: NoticePace,
  ): Promise<{ isFirst: boolean; dueAt: Date }> {
    const key = keyOf({ administrationId, topic });
    const known = this.rows.get(key);
    if (known?.isWaiting) {
      const notice = { ...known.notice, waiting: known.notice.waiting + count };
      this.rows.set(key, { ...known, notice });
      return { isFirst: false, dueAt: notice.dueAt };
    }
    const fetchedAt = known?.fetchedAt ?? null;
    const due = new Date(Math.max(dueAt.getTime(), (fetchedAt?.getTime() ?? -Infinity) + pauseMs));
    const notice = { administrationId, topic, waiting: count, dueAt: due };
    this.rows.set(key, { notice, isWaiting: true, fetchedAt });
    return { isFirst: true, dueAt: due };
  }

  async findWaitingForUpdate(): Promise<WaitingNotice[]> {
    return [...this.rows.values()]
      .filter(({ isWaiting }) => isWaiting)
      .map(({ notice }) => notice)
      .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (keyOf(a) < keyOf(b) ? -1 : 1));
  }

  async take(notice: WaitingNotice, now: Date): Promise<void> {
    this.rows.set(keyOf(notice), { notice, isWaiting: false, fetchedAt: now });
  }

  async postpone(notice: WaitingNotice, dueAt: Date): Promise<void> {
    const known = this.rows.get(keyOf(notice));
    if (known) this.rows.set(keyOf(notice), { ...known, notice: { ...known.notice, dueAt } });
  }
}

function keyOf({ administrationId, topic }: Pick<WaitingNotice, 'administrationId' | 'topic'>): string {
  return `${administrationId} ${topic}`;
}
