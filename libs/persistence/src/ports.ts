import type { AdministrationsTx, ConnectionsTx } from '@koppel/domain/administrations';
import type { AuthorisationAttemptsTx, CouplingsTx } from '@koppel/domain/coupling';
import type { InvoiceNumbersTx } from '@koppel/domain/invoicing';
import type { IssuesTx } from '@koppel/domain/issues';
import type { OutboxTx, TenantId } from '@koppel/domain/kernel';
import type { SettingsTx } from '@koppel/domain/settings';
import type { Tx } from './database.js';
import { DrizzleAdministrations } from './drizzle-administrations.js';
import { DrizzleAuthorisationAttempts } from './drizzle-authorisation-attempts.js';
import { DrizzleConnections } from './drizzle-connections.js';
import { DrizzleCouplings } from './drizzle-couplings.js';
import { DrizzleInvoiceNumbers } from './drizzle-invoice-numbers.js';
import { DrizzleIssues } from './drizzle-issues.js';
import { DrizzleOutbox } from './outbox.js';
import { DrizzleEvents } from './events/drizzle-events.js';
import { eventPortsOf, type EventPorts } from './events/ports.js';
import { relationPortsOf, type RelationPorts } from './relations/ports.js';
import { DrizzleSettings } from './drizzle-settings.js';
import { syncPortsOf, type SyncPorts } from './sync/ports.js';
import { webhookPortsOf, type WebhookPorts } from './webhooks/ports.js';

/** Every port that a use case can ask for. Each context adds its own part. */
export type FullTransaction = AdministrationsTx &
  ConnectionsTx &
  CouplingsTx &
  AuthorisationAttemptsTx &
  OutboxTx &
  IssuesTx &
  InvoiceNumbersTx &
  SettingsTx &
  RelationPorts &
  SyncPorts &
  WebhookPorts &
  EventPorts;

/** The adapters of one running transaction. */
export function portsOf(tx: Tx, tenantId: TenantId): FullTransaction {
  const events = new DrizzleEvents(tx, tenantId);
  return {
    administrations: new DrizzleAdministrations(tx, tenantId),
    connections: new DrizzleConnections(tx, tenantId),
    couplings: new DrizzleCouplings(tx, tenantId),
    authorisationAttempts: new DrizzleAuthorisationAttempts(tx, tenantId),
    outbox: new DrizzleOutbox(tx, tenantId),
    issues: new DrizzleIssues(tx, tenantId, events),
    invoiceNumbers: new DrizzleInvoiceNumbers(tx, tenantId),
    settings: new DrizzleSettings(tx, tenantId),
    ...syncPortsOf(tx, tenantId, events),
    ...relationPortsOf(tx, tenantId, events),
    ...webhookPortsOf(tx, tenantId),
    ...eventPortsOf(tx, tenantId),
  };
}
