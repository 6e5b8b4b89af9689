import type { TableName } from '../store/division.js';
import { ACCOUNT_RULES } from './account-rules.js';
import { ADDRESS_RULES, BANK_ACCOUNT_RULES, CONTACT_RULES } from './crm-rules.js';
import { masterRules } from './master-rules.js';
import { SALES_ENTRY_RULES } from './sales-entry-rules.js';
import { SUBSCRIPTION_RULES } from './subscription-rules.js';
import type { EntityRules } from './write-context.js';

/** The rules of every kind of record that can be written. */
export const RULES: Readonly<Partial<Record<TableName, EntityRules>>> = {
  Accounts: ACCOUNT_RULES,
  Contacts: CONTACT_RULES,
  Addresses: ADDRESS_RULES,
  BankAccounts: BANK_ACCOUNT_RULES,
  GLAccounts: masterRules('GLAccounts', { isCodeFixed: false }),
  Journals: masterRules('Journals', { isCodeFixed: false }),
  VATCodes: masterRules('VATCodes', { isCodeFixed: false }),
  PaymentConditions: masterRules('PaymentConditions', { isCodeFixed: true }),
  Costcenters: masterRules('Costcenters', { isCodeFixed: true }),
  Costunits: masterRules('Costunits', { isCodeFixed: true }),
  SalesEntries: SALES_ENTRY_RULES,
  WebhookSubscriptions: SUBSCRIPTION_RULES,
};
