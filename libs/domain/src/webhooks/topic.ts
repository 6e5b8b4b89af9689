import type { DataKind } from '../sync/index.js';

/** What Exact can send notices of that concerns a coupling. Addresses, journals, VAT codes and the like have none (exact-online.md 7). */
export const topics = ['accounts', 'contacts', 'bank-accounts', 'gl-accounts'] as const;
export type Topic = (typeof topics)[number];

/**
 * What is fetched after a notice. Accounts and the log of deletions always: a run without accounts has nothing to compare, and a notice
 * may be about a deletion. An address has no notice of its own, so accounts and contacts bring it along.
 */
export const kindsOfTopic: Readonly<Record<Topic, readonly DataKind[]>> = {
  accounts: ['accounts', 'addresses', 'deleted'],
  contacts: ['accounts', 'contacts', 'addresses', 'deleted'],
  'bank-accounts': ['accounts', 'bank-accounts', 'deleted'],
  'gl-accounts': ['accounts', 'gl-accounts', 'deleted'],
};
