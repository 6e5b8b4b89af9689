import type { HttpMethod } from './errors.js';
import type { Budget, CallClass } from './limits/budget.js';
import { zoneOf } from './odata/zone.js';
import type { CallObservation, Context } from './request.js';
import { createAccounts } from './resources/accounts.js';
import { createBankAccounts } from './resources/bank-accounts.js';
import { createDivisions } from './resources/divisions.js';
import { createMasters } from './resources/masters.js';
import { createParts } from './resources/parts.js';
import { createSalesEntries } from './resources/sales-entries.js';
import { createSync } from './resources/sync.js';
import { createWebhookSubscriptions } from './resources/webhook-subscriptions.js';
import type { Transport } from './transport.js';

/** What a client is made of. The package reads no environment and no clock but these. */
export interface ExactClientOptions {
  /** The site of the connection's region, without a trailing slash; nothing is ever sent elsewhere. */
  readonly baseUrl: string;
  readonly transport: Transport;
  /** Asked before every call; usually `() => keeper.accessToken(connectionId)`. The method tells reading from writing. */
  readonly accessToken: (method: HttpMethod) => Promise<string>;
  /** Shared by all clients of one app registration. */
  readonly budget: Budget;
  readonly now: () => Date;
  readonly userAgent?: string;
  /** The language of Exact's error texts. */
  readonly acceptLanguage?: string;
  /** The zone of the servers' wall clock, see `regionTimeZone`. */
  readonly timeZone?: string;
  /** Told of every call that was sent, also of one without an answer. Holds no token, body or filter value. */
  readonly observe?: (call: CallObservation) => void;
}

/**
 * Exact Online for one connection. Every method names its division, makes at most one call (two after a 401 with a renewed token),
 * and throws ExactError for what Exact or the network did; `isTransient` and `isSafeToRepeat` say what to do with it.
 * It never repeats by itself and never runs two calls at once; calls of one division should come one after another.
 */
export function createExactClient(options: ExactClientOptions) {
  const context: Context = {
    baseUrl: options.baseUrl.replace(/\/$/, ''),
    transport: options.transport,
    accessToken: options.accessToken,
    budget: options.budget,
    now: options.now,
    zone: zoneOf(options.timeZone ?? 'Europe/Amsterdam'),
    userAgent: options.userAgent ?? 'koppel-exact-client',
    acceptLanguage: options.acceptLanguage ?? 'nl-NL,en;q=0.9',
    observe: options.observe,
  };
  return {
    ...createDivisions(context),
    ...createSync(context),
    ...createBankAccounts(context),
    ...createMasters(context),
    ...createAccounts(context),
    ...createParts(context),
    ...createSalesEntries(context),
    // No person waits for a notice.
    webhookSubscriptions: createWebhookSubscriptions({ ...context, callClass: 'upkeep' }),
    /**
     * The calls on single relations and their parts, on behalf of who waits for them. Their writes are refused with ExactError `too-late` when
     * `isTooLate` says so right before one leaves: after waiting for a token and the budget, and after any pause of the process.
     */
    writing: ({ class: callClass, isTooLate }: { class: CallClass; isTooLate?: () => boolean }) => {
      const fenced: Context = { ...context, callClass, ...(isTooLate && { isTooLate }) };
      return { ...createAccounts(fenced), ...createParts(fenced) };
    },
  };
}

/** What `createExactClient` gives; the doc comments stand at the resources. */
export type ExactClient = ReturnType<typeof createExactClient>;

/** What `ExactClient.writing` gives. */
export type WritingClient = ReturnType<ExactClient['writing']>;
