import * as z from 'zod';
import { endpoint } from '../endpoint.js';
import { administrationUnknown, referenceReused, seriesExhausted, wrongStep } from '../problems.js';
import { both, calendarDate, id, idParams, line, moment } from '../values.js';

export const invoiceNumber = z.strictObject({
  id,
  administrationId: id,
  number: z.string(),
  year: z.int(),
  sequence: z.int(),
  invoiceDate: calendarDate,
  reference: z.string(),
  exactEntryNumber: z.int().nullable(),
  allocatedAt: moment,
  /** Set from 90 % of 99 999 on. */
  warning: both.nullable(),
});
export const allocateInvoiceNumberEndpoint = endpoint({
  method: 'POST',
  path: '/v1/administrations/:id/invoice-numbers',
  summary: 'Allocate the next invoice number; the same reference gets the same number',
  tag: 'invoicing',
  access: 'reviewer',
  params: idParams,
  body: z.strictObject({ reference: line(100).min(1), invoiceDate: calendarDate }),
  response: invoiceNumber,
  status: 201,
  problems: [administrationUnknown, seriesExhausted, referenceReused, wrongStep],
});
export const listNumberSeriesEndpoint = endpoint({
  method: 'GET',
  path: '/v1/number-series',
  summary: 'Series per administration and year: next number, how many, warnings',
  tag: 'invoicing',
  access: 'viewer',
  response: z.strictObject({
    items: z.array(
      z.strictObject({
        administrationId: id,
        administrationName: z.string(),
        year: z.int(),
        next: z.string(),
        allocated: z.int(),
        isNearlyFull: z.boolean(),
      }),
    ),
  }),
  problems: [],
});

export const dashboard = z.strictObject({
  isActive: z.boolean(),
  step: z.string(),
  isFrozen: z.boolean(),
  openRunId: id.nullable(),
  administrations: z.array(
    z.strictObject({
      id,
      name: z.string(),
      code: z.string().nullable(),
      legalName: z.string().nullable(),
      kvk: z.string().nullable(),
      health: z.enum([
        'in-step',
        'busy',
        'waits-for-you',
        'reconnect',
        'paused',
        'access-lost',
        'not-active',
      ]),
      lastSyncedAt: moment.nullable(),
      nextSyncAt: moment.nullable(),
      records: z.int(),
      openIssues: z.int(),
      /** Writes into Exact that are planned or under way. */
      writes: z.int(),
      budget: z.strictObject({
        minuteUsed: z.int(),
        minuteAllowed: z.int(),
        dayUsed: z.int(),
        dayAllowed: z.int(),
      }),
    }),
  ),
  connections: z.array(
    z.strictObject({
      id,
      region: z.string(),
      state: z.string(),
      exactUserName: z.string(),
      authorisedByName: z.string(),
      authorisedAt: moment,
      refreshExpiresAt: moment.nullable(),
    }),
  ),
  waiting: z.strictObject({
    blockingIssues: z.int(),
    /** Blocking ones too; doubles are counted by their pairs, below. */
    issues: z.int(),
    proposals: z.int(),
    doubles: z.int(),
    conflicts: z.int(),
    incompleteSettings: z.int(),
  }),
  /** What Koppel still has to write into Exact, and how long that takes by Exact's limits and the pace of a plan; null when not today. */
  writes: z.strictObject({ waiting: z.int(), secondsLeft: z.int().nullable() }),
  totals: z.strictObject({ relations: z.int(), sourceRelations: z.int(), mergedRelations: z.int() }),
});
export type Dashboard = z.output<typeof dashboard>;
export const getDashboardEndpoint = endpoint({
  method: 'GET',
  path: '/v1/dashboard',
  summary: 'Administrations, health, budget, what waits',
  tag: 'dashboard',
  access: 'viewer',
  response: dashboard,
  problems: [],
});
