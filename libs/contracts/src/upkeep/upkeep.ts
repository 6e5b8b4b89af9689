import * as z from 'zod';
import { endpoint } from '../endpoint.js';
import {
  administrationUnknown,
  changedMeanwhile,
  referenceReused,
  seriesExhausted,
  settingsInvalid,
  wrongStep,
} from '../problems.js';
import { calendarDate, id, idParams, line, moment } from '../values.js';

const both = z.strictObject({ nl: z.string(), en: z.string() });

export const settingKey = z.enum([
  'salesJournal',
  'purchaseJournal',
  'salesGlAccount',
  'costGlAccount',
  'salesVatCode',
  'reverseChargeVatCode',
  'purchaseVatCode',
  'paymentConditionSales',
  'paymentConditionPurchase',
  'defaultCostCenter',
  'defaultCostUnit',
]);
export type SettingKey = z.output<typeof settingKey>;
export const settingValues = z.partialRecord(settingKey, z.string().max(60).nullable());
export const option = z.strictObject({ code: z.string(), description: z.string(), isBlocked: z.boolean() });
export const administrationSettings = z.strictObject({
  administrationId: id,
  administrationName: z.string(),
  fields: z.array(
    z.strictObject({
      key: settingKey,
      isRequired: z.boolean(),
      value: z.string().nullable(),
      suggestion: z.string().nullable(),
      /** Why it is suggested: the only one, same code as in the first administration, Exact's usual code. */
      suggestionReason: both.nullable(),
      problem: both.nullable(),
      options: z.array(option),
    }),
  ),
  isComplete: z.boolean(),
  missing: z.int(),
  version: z.int(),
  updatedAt: moment.nullable(),
  updatedBy: z.string().nullable(),
});
export type AdministrationSettings = z.output<typeof administrationSettings>;
export const listSettingsEndpoint = endpoint({
  method: 'GET',
  path: '/v1/settings',
  summary: 'Settings of all coupled administrations side by side',
  tag: 'settings',
  access: 'viewer',
  response: z.strictObject({ items: z.array(administrationSettings) }),
  problems: [],
});
export const saveSettingsEndpoint = endpoint({
  method: 'PUT',
  path: '/v1/administrations/:id/settings',
  summary: 'Save the settings of an administration; unknown codes are refused',
  tag: 'settings',
  access: 'admin',
  params: idParams,
  body: z.strictObject({ values: settingValues, version: z.int() }),
  response: administrationSettings,
  problems: [administrationUnknown, settingsInvalid, changedMeanwhile],
});

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
