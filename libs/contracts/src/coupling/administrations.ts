import * as z from 'zod';
import { endpoint } from '../endpoint.js';
import { administrationUnknown, changedMeanwhile, connectionBroken, wrongStep } from '../problems.js';
import { id, idParams, moment, nothing, region } from '../values.js';

const tag = 'administrations';

export const administrationState = z.enum([
  'available',
  'selected',
  'coupling',
  'active',
  'paused',
  'access-lost',
  'removed',
]);
export const unavailableReason = z.enum([
  'no-rights',
  'inactive',
  'archived',
  'blocked',
  'template',
  'not-listed',
]);
export const administration = z.strictObject({
  id,
  connectionId: id,
  region,
  division: z.int(),
  name: z.string(),
  legalName: z.string().nullable(),
  number: z.string().nullable(),
  kvk: z.string().nullable(),
  vat: z.string().nullable(),
  country: z.string().nullable(),
  currency: z.string().nullable(),
  state: administrationState,
  stateReason: z.string().nullable(),
  unavailableReason: unavailableReason.nullable(),
  code: z.string().nullable(),
  isCodeLocked: z.boolean(),
  position: z.int(),
  lastSyncedAt: moment.nullable(),
  nextSyncAt: moment.nullable(),
  version: z.int(),
});
export type Administration = z.output<typeof administration>;

export const listAdministrationsEndpoint = endpoint({
  method: 'GET',
  path: '/v1/administrations',
  summary: 'Administrations that the Exact user can reach, and those coupled',
  tag,
  access: 'viewer',
  response: z.strictObject({
    items: z.array(administration),
    isListing: z.boolean(),
    listedAt: moment.nullable(),
  }),
  problems: [],
});
export const refreshAdministrationsEndpoint = endpoint({
  method: 'POST',
  path: '/v1/administrations/refresh',
  summary: 'List the administrations at Exact again',
  tag,
  access: 'admin',
  response: nothing,
  status: 202,
  problems: [connectionBroken],
});
export const setAdministrationStateEndpoint = endpoint({
  method: 'PUT',
  path: '/v1/administrations/:id/state',
  summary: 'Pause, resume or remove an administration',
  tag,
  access: 'admin',
  params: idParams,
  body: z.strictObject({ state: z.enum(['active', 'paused', 'removed']), version: z.int() }),
  response: administration,
  problems: [administrationUnknown, changedMeanwhile, wrongStep],
});
