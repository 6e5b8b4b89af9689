import { defineEntity } from './entity.js';
import { DIVISION_FIELDS, ME_FIELDS, WEBHOOK_SUBSCRIPTION_FIELDS } from './fields/system.js';

export const WEBHOOK_SUBSCRIPTIONS = defineEntity({
  table: 'WebhookSubscriptions',
  path: 'webhooks/WebhookSubscriptions',
  model: 'WebhookSubscription',
  key: 'ID',
  fields: WEBHOOK_SUBSCRIPTION_FIELDS,
  references: { UserID: 'Users' },
});

const DIVISION_SPEC = {
  table: 'none',
  model: 'System.Division',
  key: 'Code',
  fields: DIVISION_FIELDS,
  widths: { Country: 3, Legislation: 3 },
} as const;

/** The divisions that the user may open and has consented to. */
export const DIVISIONS = defineEntity({ ...DIVISION_SPEC, path: 'system/Divisions' });

/** All divisions of the licence, also ones that the user may not open. */
export const ALL_DIVISIONS = defineEntity({ ...DIVISION_SPEC, path: 'system/AllDivisions' });

export const ME = defineEntity({
  table: 'none',
  path: 'current/Me',
  model: 'System.Me',
  key: 'UserID',
  fields: ME_FIELDS,
});
