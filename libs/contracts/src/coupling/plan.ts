import * as z from 'zod';
import { endpoint } from '../endpoint.js';
import {
  administrationUnknown,
  connectionBroken,
  featureNotEnabled,
  syncAlreadyRunning,
  wrongStep,
} from '../problems.js';
import { id, moment } from '../values.js';

const tag = 'coupling';

export const plan = z.strictObject({
  perAdministration: z.array(
    z.strictObject({
      administrationId: id,
      name: z.string(),
      /** Accounts, contact persons, addresses and bank accounts that would be changed. */
      updates: z.int(),
      /** Accounts that would be made; none unless these are always made. */
      creates: z.int(),
      /** Beside those, the ones that wait until a person says whether an account here is the relation; made by themselves once it is not. */
      waiting: z.int(),
      /** So many new ones here that the activation must say their number (`acceptedCreates`). */
      isAboveShare: z.boolean(),
      /** Accounts that share a relation with another one. */
      links: z.int(),
    }),
  ),
  updates: z.array(
    z.strictObject({
      administrationId: id,
      relationId: id,
      /** With the name of the contact person that it is about, if any. */
      relationName: z.string(),
      /** A shared field, or what a contact person, an address or a bank account says. */
      field: z.string(),
      from: z.string().nullable(),
      to: z.string().nullable(),
    }),
  ),
  isCut: z.boolean(),
  /** When the administration that was read longest ago was last read from Exact; null while none was. */
  readAt: moment.nullable(),
  /** Within the hour: otherwise the plan is not written before what changed is read (`readChanges`). */
  isReadLately: z.boolean(),
  /** Hand it back with the activation: only this plan is written. */
  fingerprint: z.string(),
});
/** The whole plan as a file; its query is `fileQuery`. */
export const planCsvPath = '/v1/coupling/plan.csv';
export const getPlanEndpoint = endpoint({
  method: 'GET',
  path: '/v1/coupling/plan',
  summary: 'What would be written to Exact; nothing is written before the admin says so',
  tag,
  access: 'viewer',
  response: plan,
  problems: [],
});
export const readChangesEndpoint = endpoint({
  method: 'POST',
  path: '/v1/coupling/refresh',
  summary: 'Read what changed in Exact since it was read, before the coupling is active; the plan follows',
  tag,
  access: 'admin',
  response: z.strictObject({ runId: id }),
  status: 202,
  problems: [wrongStep, syncAlreadyRunning, administrationUnknown, connectionBroken, featureNotEnabled],
});
