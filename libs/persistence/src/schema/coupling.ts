import { sql } from 'drizzle-orm';
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { at, systemAll, tenantId, tenantOnly } from './columns.js';

export const couplings = pgTable(
  'couplings',
  {
    tenantId: tenantId().primaryKey(),
    /** connect | select | configure | synchronise | match | settings | active (product.md 1; the domain's transition table) */
    step: text('step').notNull(),
    contactHandling: text('contact_handling'), // automatic | careful | manual
    confirmedBy: text('confirmed_by'),
    confirmedByName: text('confirmed_by_name'),
    confirmedAt: at('confirmed_at'),
    confirmationText: text('confirmation_text'),
    /** Set while relations may not be edited through our API (423). */
    frozenSince: at('frozen_since'),
    activatedAt: at('activated_at'),
    /** The run of this first coupling or addition. */
    runId: uuid('run_id'),
    resyncMinutes: integer('resync_minutes').notNull().default(60),
    accountCreation: text('account_creation').notNull().default('first-use'), // first-use | never | always
    version: integer('version').notNull().default(1),
    createdAt: at('created_at').notNull(),
  },
  () => [systemAll(), tenantOnly()],
);

/** Who finished which step when, shown under each step of the stepper. */
export const couplingStepLog = pgTable(
  'coupling_step_log',
  {
    id: uuid('id').primaryKey(),
    tenantId: tenantId(),
    step: text('step').notNull(),
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    at: at('at').notNull(),
    detail: jsonb('detail').notNull(),
  },
  (table) => [index('coupling_step_log_tenant').on(table.tenantId, table.at), tenantOnly()],
);

export const connections = pgTable(
  'connections',
  {
    id: uuid('id').primaryKey(),
    tenantId: tenantId(),
    region: text('region').notNull(), // nl | be | de | uk | fr | es | com
    clientId: text('client_id').notNull(),
    exactUserId: text('exact_user_id').notNull(),
    exactUserName: text('exact_user_name').notNull(),
    state: text('state').notNull(), // active | refresh-unknown | reauth-required | disconnected
    stateReason: text('state_reason'),
    authorisedBy: text('authorised_by').notNull(),
    authorisedByName: text('authorised_by_name').notNull(),
    authorisedAt: at('authorised_at').notNull(),
    /** AES-256-GCM: base64 of iv, tag and ciphertext; bound to tenant, connection and field. Null once disconnected. */
    accessTokenCiphertext: text('access_token_ciphertext'),
    refreshTokenCiphertext: text('refresh_token_ciphertext'),
    keyId: text('key_id'),
    /** An answer to a refresh that could not be read, sealed likewise: it may carry the tokens that are lost otherwise (F44). */
    unreadAnswerCiphertext: text('unread_answer_ciphertext'),
    unreadAnswerKeyId: text('unread_answer_key_id'),
    /** SHA-256 of the refresh token: the compare-and-swap of the token keeper. */
    refreshTokenHash: text('refresh_token_hash'),
    accessIssuedAt: at('access_issued_at'),
    generation: integer('generation').notNull().default(0),
    /** Set while the worker is to list the administrations; cleared by its answer. */
    listRequestedAt: at('list_requested_at'),
    listedAt: at('listed_at'),
  },
  (table) => [uniqueIndex('connections_region').on(table.tenantId, table.region), systemAll(), tenantOnly()],
);

export const authorisationAttempts = pgTable(
  'authorisation_attempts',
  {
    /** SHA-256 of `state`. */
    stateHash: text('state_hash').primaryKey(),
    tenantId: tenantId(),
    /** The session that began: a callback in another browser is refused. */
    sessionHash: text('session_hash').notNull(),
    userId: uuid('user_id').notNull(),
    region: text('region').notNull(),
    createdAt: at('created_at').notNull(),
    expiresAt: at('expires_at').notNull(),
    usedAt: at('used_at'),
    /** What came of it, so that a reloaded callback page is told the same: the connection, or why there is none. */
    connectionId: uuid('connection_id'),
    failure: text('failure'),
  },
  () => [systemAll(), tenantOnly()],
);

export const administrations = pgTable(
  'administrations',
  {
    id: uuid('id').primaryKey(),
    tenantId: tenantId(),
    connectionId: uuid('connection_id').notNull(),
    region: text('region').notNull(),
    division: integer('division').notNull(),
    name: text('name').notNull(),
    legalName: text('legal_name'),
    /** The number that people see in Exact (Hid), which differs from the division. */
    number: text('number'),
    kvk: text('kvk'),
    vat: text('vat'),
    country: text('country'),
    currency: text('currency'),
    /** Changes when Exact regenerates all row versions: then everything is read again (exact-online.md 5.2). */
    movedAt: text('moved_at'),
    /** available | selected | coupling | active | paused | access-lost | removed */
    state: text('state').notNull(),
    stateReason: text('state_reason'),
    /** Why it cannot be coupled: no-rights | archived | inactive | blocked | template | not-listed | null when it can. */
    unavailableReason: text('unavailable_reason'),
    /** Three digits, unique per tenant for ever, also after removal. */
    code: text('code'),
    codeLockedAt: at('code_locked_at'),
    /** Fields that this administration keeps to itself. */
    writePolicy: jsonb('write_policy').notNull().default({}),
    /** Order of selection; the lowest is "the first administration" that settings are suggested from. */
    position: integer('position').notNull().default(0),
    listedAt: at('listed_at').notNull(),
    selectedAt: at('selected_at'),
    activatedAt: at('activated_at'),
    lastSyncedAt: at('last_synced_at'),
    nextSyncAt: at('next_sync_at'),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    uniqueIndex('administrations_division').on(table.tenantId, table.region, table.division),
    uniqueIndex('administrations_code')
      .on(table.tenantId, table.code)
      .where(sql`${table.code} is not null`),
    index('administrations_next_sync').on(table.nextSyncAt),
    systemAll(),
    tenantOnly(),
  ],
);

/** Exact's limits are per app and division, whoever uses them; so is this ledger. */
export const budgetWindows = pgTable(
  'budget_windows',
  {
    clientId: text('client_id').notNull(),
    region: text('region').notNull(),
    division: integer('division').notNull(),
    window: text('window').notNull(), // minute | day
    used: integer('used').notNull(),
    allowed: integer('allowed').notNull(),
    /** By Exact's clock; from then on `used` starts again. */
    resetsAt: at('resets_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.clientId, table.region, table.division, table.window] })],
);

/** Errors (400, 401, 403, 404) per division and endpoint: ten in an hour block the key (exact-online.md 2.4). */
export const errorLedger = pgTable(
  'error_ledger',
  {
    clientId: text('client_id').notNull(),
    region: text('region').notNull(),
    division: integer('division').notNull(),
    endpoint: text('endpoint').notNull(),
    /** The last hour's errors, as the Exact client counts them. */
    history: jsonb('history').notNull(),
    suspendedUntil: at('suspended_until'),
  },
  (table) => [primaryKey({ columns: [table.clientId, table.region, table.division, table.endpoint] })],
);

export const outbox = pgTable(
  'outbox',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    tenantId: tenantId(),
    message: jsonb('message').notNull(),
    availableAt: at('available_at').notNull(),
    dispatchedAt: at('dispatched_at'),
  },
  (table) => [
    index('outbox_waiting')
      .on(table.availableAt, table.id)
      .where(sql`${table.dispatchedAt} is null`),
    systemAll(),
    tenantOnly(),
  ],
);
