import type { FoundSubscription } from './subscription-source.port.js';
import type { Topic } from './topic.js';
import type { Watch } from './watches.port.js';

export interface Plan {
  readonly keep: readonly { readonly topic: Topic; readonly exactId: string }[];
  readonly remove: readonly FoundSubscription[];
  readonly create: readonly Topic[];
}

/**
 * What has to change at Exact. Of a wanted topic the first with our address stays, and one with another address gives way, since Exact
 * takes one per topic. Of a topic that is not wanted only those with our address, or those that we know we made, go: the same app may
 * serve another installation.
 */
export function planSubscriptions(situation: {
  readonly wanted: readonly Topic[];
  readonly callbackUrl: string | undefined;
  readonly watch: Watch | undefined;
  readonly found: readonly FoundSubscription[];
}): Plan {
  const { wanted, callbackUrl, found } = situation;
  const made = new Set((situation.watch?.subscriptions ?? []).map(({ exactId }) => exactId));
  const keep = new Map<Topic, string>();
  const remove: FoundSubscription[] = [];
  for (const each of found) {
    const { topic, exactId } = each;
    if (topic === null) continue;
    const isOurs = each.callbackUrl === callbackUrl;
    if (!wanted.includes(topic)) {
      if (isOurs || made.has(exactId)) remove.push(each);
    } else if (isOurs && !keep.has(topic)) keep.set(topic, exactId);
    else remove.push(each);
  }
  return {
    keep: [...keep].map(([topic, exactId]) => ({ topic, exactId })),
    remove,
    create: wanted.filter((topic) => !keep.has(topic)),
  };
}
