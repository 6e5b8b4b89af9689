import { createHmac } from 'node:crypto';

/** What a notice tells; the order of the members matters for the signature. */
export interface WebhookContent {
  readonly Topic: string;
  readonly ClientId: string;
  readonly Division: number;
  readonly Action: 'Create' | 'Update' | 'Delete';
  readonly Key: string;
  readonly ExactOnlineEndpoint: string;
  /** Local time without zone. */
  readonly EventCreatedOn: string;
}

/** The signed body: HashCode is the upper-case hex HMAC-SHA256, with the app's webhook secret, over the content's text. */
export function webhookBody(content: WebhookContent, webhookSecret: string): string {
  const text = JSON.stringify(content);
  const hash = createHmac('sha256', webhookSecret).update(text, 'utf8').digest('hex').toUpperCase();
  return `{"Content":${text},"HashCode":"${hash}"}`;
}
