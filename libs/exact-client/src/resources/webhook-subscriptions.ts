import { z } from 'zod';
import { ExactError } from '../errors.js';
import { divisionUrl } from '../odata/address.js';
import { guid, int32, requiredText } from '../odata/fields.js';
import { literal } from '../odata/literals.js';
import { classOf, send, type Context } from '../request.js';
import { create, type Created } from './create.js';
import { checkedInput } from './one.js';
import { publicPage, readPage, type Page } from './page.js';

export const webhookSubscriptionSchema = z.object({
  ID: guid,
  Division: int32,
  Topic: requiredText,
  CallbackURL: requiredText,
});
/** One topic of one division that is called back at one address. */
export type WebhookSubscription = z.output<typeof webhookSubscriptionSchema>;

/** The topics that concern a coupling. Addresses, journals, VAT codes and the like have none: those need a schedule. */
export const WEBHOOK_TOPICS = ['Accounts', 'Contacts', 'BankAccounts', 'GLAccounts', 'SalesEntries'] as const;
/** One of WEBHOOK_TOPICS. */
export type WebhookTopic = (typeof WEBHOOK_TOPICS)[number];

/** Exact wants https and the host of the app's redirect address; a sandbox may allow http. */
const newSubscription = z.strictObject({
  CallbackURL: z.url({ protocol: /^https?$/ }),
  Topic: z.enum(WEBHOOK_TOPICS),
});

const ENDPOINT = 'webhooks/WebhookSubscriptions';

export function createWebhookSubscriptions(context: Context) {
  const callClass = classOf(context);
  const resource = { endpoint: ENDPOINT, schema: webhookSubscriptionSchema, idField: 'ID' };
  return {
    /** Of this app only; Exact shows no other's. */
    async list(division: number, next?: string): Promise<Page<WebhookSubscription>> {
      return publicPage(await readPage(context, resource, { division, class: callClass, next }));
    },
    /** Exact calls the address with an empty POST about a second later and wants a 2xx. */
    async create(
      division: number,
      subscription: { readonly callbackUrl: string; readonly topic: WebhookTopic },
    ): Promise<Created<WebhookSubscription>> {
      const body = { CallbackURL: subscription.callbackUrl, Topic: subscription.topic };
      return create(context, resource, { division, body: checkedInput(newSubscription, body) });
    },
    /** Gone already is done. */
    async delete(division: number, id: string): Promise<void> {
      const url = divisionUrl({ baseUrl: context.baseUrl, division }, `${ENDPOINT}(${literal.guid(id)})`);
      const call = { method: 'DELETE', url, division, endpoint: ENDPOINT, class: callClass } as const;
      try {
        await send(context, { ...call, expects: 'nothing' });
      } catch (error) {
        if (!(error instanceof ExactError) || error.kind !== 'not-found') throw error;
      }
    },
  };
}
