import { problem } from '../problem.js';

/** Where Exact Online calls us, per country. It is not one of the API's endpoints: only Exact can sign what it takes. */
export const exactWebhookPath = '/webhooks/exact/:region';

export const webhookMalformed = problem('webhook-malformed', 400, {
  nl: 'Dit is geen bericht van Exact.',
  en: 'This is no message of Exact.',
});
export const webhookSignatureWrong = problem('webhook-signature-wrong', 401, {
  nl: 'De handtekening klopt niet.',
  en: 'The signature is wrong.',
});
