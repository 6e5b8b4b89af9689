import * as z from 'zod';
import { endpoint } from '../endpoint.js';
import { administrationUnknown, changedMeanwhile, settingsInvalid } from '../problems.js';
import { sharedField } from '../relations/relation-values.js';
import { both, id, idParams, line, moment } from '../values.js';

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
export const settingValues = z.partialRecord(settingKey, line(60).min(1).nullable());
export const option = z.strictObject({ code: z.string(), description: z.string(), isBlocked: z.boolean() });
export const administrationSettings = z.strictObject({
  administrationId: id,
  administrationName: z.string(),
  fields: z.array(
    z.strictObject({
      key: settingKey,
      isRequired: z.boolean(),
      value: z.string().nullable(),
      /** Kept equal to the first administration's choice until another one is made here. */
      isInherited: z.boolean(),
      /** What following the first administration would give; null when it chose nothing or its code does not exist here. */
      inheritable: z.string().nullable(),
      suggestion: z.string().nullable(),
      /** Why it is suggested: the only one, same code as in the first administration, Exact's usual code. */
      suggestionReason: both.nullable(),
      problem: both.nullable(),
      options: z.array(option),
    }),
  ),
  /** The first administration, which the others may follow; null for the first one itself. */
  inheritsFrom: z.strictObject({ administrationId: id, administrationName: z.string() }).nullable(),
  code: z.string().nullable(),
  /** This year's next invoice number; null without a code, or when the series is full. */
  nextInvoiceNumber: z.string().nullable(),
  /** Shared fields that this administration keeps to itself: neither written to it nor taken from it. */
  localFields: z.array(sharedField),
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
  body: z.strictObject({
    values: settingValues,
    /** Settings that follow the first administration from now on; those in `values` follow nobody. */
    follow: z.array(settingKey).max(settingKey.options.length).optional(),
    version: z.int(),
  }),
  response: administrationSettings,
  problems: [administrationUnknown, settingsInvalid, changedMeanwhile],
});
export const saveWritePolicyEndpoint = endpoint({
  method: 'PUT',
  path: '/v1/administrations/:id/write-policy',
  summary: 'Which shared fields an administration keeps to itself',
  tag: 'settings',
  access: 'admin',
  params: idParams,
  body: z.strictObject({
    localFields: z.array(sharedField).max(sharedField.options.length),
    /** Of the settings: these are a part of them. */
    version: z.int(),
  }),
  response: administrationSettings,
  problems: [administrationUnknown, changedMeanwhile],
});
