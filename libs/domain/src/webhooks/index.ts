export { kindsOfTopic, topics, type Topic } from './topic.js';
export type { NoticePace, Notices, NoticesTx, WaitingNotice } from './notices.port.js';
export { pauseMs, recordNotices, settleMs, type RecordNotices } from './record-notices.js';
export { busyMs, fetchNoticed, type FetchNoticedTx, type NoticedOutcome } from './fetch-noticed.js';
export {
  keepSubscriptions,
  type KeepSubscriptionsDeps,
  type KeepSubscriptionsTx,
  type KeptSubscriptions,
} from './keep-subscriptions.js';
export type { FoundSubscription, SubscriptionSource } from './subscription-source.port.js';
export type { Watch, Watches, WatchesTx } from './watches.port.js';
