import { object, requireText, type EntityRules } from './write-context.js';

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
    requireText(context, values, 'CallbackURL', 'CallbackURL');
    requireText(context, values, 'Topic', 'Topic');
    const { division, changes, user, clientId } = context;
    if (!WEBHOOK_TOPICS.includes(String(values.Topic))) throw object(context, 'invalid', 'Topic');
    for (const row of division.tables.WebhookSubscriptions.where('ClientID', clientId)) {
      if (row.Topic === values.Topic) throw object(context, 'exists');
    }
    return changes.insert(
      division,
      'WebhookSubscriptions',
      { user },
      {
        CallbackURL: values.CallbackURL,
        Topic: values.Topic,
        ClientID: clientId,
        UserID: user,
      },
    );
  },
  update: (context, row, values) => {
    context.changes.update(context.division, 'WebhookSubscriptions', row, context.user, values);
  },
  remove: (context, row) =>
    context.changes.remove(context.division, 'WebhookSubscriptions', row, context.user),
};
