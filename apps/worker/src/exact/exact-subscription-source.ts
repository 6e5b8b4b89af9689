import { err, ok, type Result } from '@koppel/domain/kernel';
import type { SourceAdministration, SourceFault } from '@koppel/domain/sync';
import type { FoundSubscription, SubscriptionSource, Topic } from '@koppel/domain/webhooks';
import { ExactError, type ExactClient, type WebhookTopic } from '@koppel/exact-client';
import type { ExactClients } from './exact-clients.js';

const exactTopics: Readonly<Record<Topic, WebhookTopic>> = {
  accounts: 'Accounts',
  contacts: 'Contacts',
  'bank-accounts': 'BankAccounts',
  'gl-accounts': 'GLAccounts',
};
/** Exact knows about twenty topics, one subscription each. */
const pagesMax = 10;

/** Our webhook subscriptions at Exact Online. */
export class ExactSubscriptionSource implements SubscriptionSource {
  constructor(private readonly clients: ExactClients) {}

  list(administration: SourceAdministration): Promise<Result<FoundSubscription[], SourceFault>> {
    return this.call(administration, async ({ webhookSubscriptions }) => {
      const found: FoundSubscription[] = [];
      let next: string | undefined;
      for (let count = 0; count < pagesMax; count += 1) {
        const page = await webhookSubscriptions.list(administration.division, next);
        for (const { ID, Topic, CallbackURL } of page.rows)
          found.push({ exactId: ID, topic: topicOf(Topic), callbackUrl: CallbackURL });
        if (page.next === undefined) return found;
        next = page.next;
      }
      throw new ExactError({ kind: 'loop' });
    });
  }

  create(
    administration: SourceAdministration,
    { topic, callbackUrl }: { readonly topic: Topic; readonly callbackUrl: string },
  ): Promise<Result<string, SourceFault>> {
    return this.call(administration, async ({ webhookSubscriptions }) => {
      const wanted = { topic: exactTopics[topic], callbackUrl };
      return (await webhookSubscriptions.create(administration.division, wanted)).id;
    });
  }

  remove(administration: SourceAdministration, exactId: string): Promise<Result<void, SourceFault>> {
    return this.call(administration, ({ webhookSubscriptions }) =>
      webhookSubscriptions.delete(administration.division, exactId),
    );
  }

  private async call<T>(
    { connectionId, region }: SourceAdministration,
    work: (client: ExactClient) => Promise<T>,
  ): Promise<Result<T, SourceFault>> {
    try {
      return ok(await work(this.clients.of(connectionId, region)));
    } catch (error) {
      return err(await this.clients.faultOf(connectionId, error));
    }
  }
}

function topicOf(name: string): Topic | null {
  const known = Object.entries(exactTopics).find(([, exactName]) => exactName === name);
  return known ? (known[0] as Topic) : null; // a key of the table
}
