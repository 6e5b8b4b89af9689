import { object, requireTexts, type EntityRules } from './write-context.js';

/** Topics that can be subscribed to (specification, section 7). */
export const WEBHOOK_TOPICS: readonly string[] = [
  'Accounts',
  'Contacts',
  'BankAccounts',
  'GLAccounts',
  'Items',
  'StockPositions',
  'Documents',
  'Quotations',
  'SalesOrders',
  'SalesInvoices',
  'SalesEntries',
  'PurchaseEntries',
  'PurchaseOrders',
  'GoodsDeliveries',
  'FinancialTransactions',
  'CostTransactions',
  'TimeTransactions',
  'Subscriptions',
];

/** Webhook subscriptions: one per topic, division and app. */
export const SUBSCRIPTION_RULES: EntityRules = {
  create: (context, values) => {
    requireTexts(context, values, { CallbackURL: 'CallbackURL', Topic: 'Topic' });
    const { division, changes, user, clientId } = context;
    if (!WEBHOOK_TOPICS.includes(String(values.Topic))) throw object(context, 'invalid', 'Topic');
    for (const row of division.tables.WebhookSubscriptions.where('ClientID', clientId)) {
      if (row.Topic === values.Topic) throw object(context, 'exists');
    }
    const { CallbackURL, Topic } = values;
    return changes.insert('WebhookSubscriptions', { CallbackURL, Topic, ClientID: clientId, UserID: user });
  },
  update: (context, row, values) => context.changes.update('WebhookSubscriptions', row, values),
  remove: (context, row) => context.changes.remove('WebhookSubscriptions', row),
};
