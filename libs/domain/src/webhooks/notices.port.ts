import type { AdministrationId } from '../kernel/index.js';
import type { Topic } from './topic.js';

/** How often Exact told of one topic of one administration since that was last fetched. */
export interface WaitingNotice {
  readonly administrationId: AdministrationId;
  readonly topic: Topic;
  readonly waiting: number;
  readonly dueAt: Date;
}

export interface NoticePace {
  readonly now: Date;
  /** When it is fetched if nothing was fetched lately. */
  readonly dueAt: Date;
  /** Between two fetches of one topic of one administration. */
  readonly pauseMs: number;
}

/** Notices of one tenant, coalesced: one row per administration and topic, however many come. */
export interface Notices {
  /** Counts them in. What waits already keeps its moment. `isFirst`: nothing was waiting, so nobody was told to fetch yet. */
  add(
    notice: Pick<WaitingNotice, 'administrationId' | 'topic'> & { readonly count: number },
    pace: NoticePace,
  ): Promise<{ readonly isFirst: boolean; readonly dueAt: Date }>;
  /** By moment; locked until the transaction ends, so that what arrives meanwhile waits anew. */
  findWaitingForUpdate(): Promise<WaitingNotice[]>;
  /** Nothing waits any more; `now` counts for the pause. */
  take(notice: WaitingNotice, now: Date): Promise<void>;
  postpone(notice: WaitingNotice, dueAt: Date): Promise<void>;
}

export interface NoticesTx {
  readonly notices: Notices;
}
