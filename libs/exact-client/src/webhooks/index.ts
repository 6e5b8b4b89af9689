export {
  verifyWebhook,
  type WebhookContent,
  type WebhookErrorKind,
  type WebhookVerdict,
} from './verify-webhook.js';
