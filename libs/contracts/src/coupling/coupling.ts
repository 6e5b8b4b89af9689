import * as z from 'zod';
import { endpoint } from '../endpoint.js';
import { contactHandling } from './configuration.js';
import {
  administrationUnavailable,
  administrationUnknown,
  authorisationExpired,
  authorisationRefused,
  exactUserDiffers,
  exactUserElsewhere,
  authorisationUnknown,
  blockingIssuesOpen,
  configurationIncomplete,
  connectionBroken,
  featureNotEnabled,
  notFound,
  createsExceedShare,
  exactNotReadLately,
  planChanged,
  regionNotConfigured,
  settingsIncomplete,
  syncAlreadyRunning,
  wrongStep,
} from '../problems.js';
import { id, idParams, line, moment, nothing, region } from '../values.js';

const tag = 'coupling';
const accountCreation = z.enum(['first-use', 'never', 'always']);

/** The steps after activation (step 0), in order. */
export const couplingStep = z.enum([
  'connect',
  'select',
  'configure',
  'synchronise',
  'match',
  'settings',
  'active',
]);
export type CouplingStep = z.output<typeof couplingStep>;

export const connection = z.strictObject({
  id,
  region,
  exactUserName: z.string(),
  state: z.enum(['active', 'refresh-unknown', 'reauth-required', 'disconnected']),
  stateReason: z.string().nullable(),
  authorisedByName: z.string(),
  authorisedAt: moment,
  /** The consent ends when nothing refreshes it before this moment. */
  refreshExpiresAt: moment.nullable(),
});
export type Connection = z.output<typeof connection>;

export const coupling = z.strictObject({
  step: couplingStep,
  isFrozen: z.boolean(),
  frozenSince: moment.nullable(),
  contactHandling: contactHandling.nullable(),
  confirmation: z.strictObject({ byName: z.string(), at: moment, text: z.string() }).nullable(),
  activatedAt: moment.nullable(),
  resyncMinutes: z.int(),
  /** When a relation gets an account in an administration that does not have it. */
  accountCreation,
  /** An active coupling that is adding administrations goes through select..settings for the new ones only. */
  isAdding: z.boolean(),
  steps: z.array(
    z.strictObject({
      step: couplingStep,
      state: z.enum(['done', 'now', 'next']),
      finishedByName: z.string().nullable(),
      finishedAt: moment.nullable(),
    }),
  ),
  connections: z.array(connection),
  runId: id.nullable(),
  openBlockingIssues: z.int(),
  openProposals: z.int(),
  version: z.int(),
});
export type Coupling = z.output<typeof coupling>;

export const getCouplingEndpoint = endpoint({
  method: 'GET',
  path: '/v1/coupling',
  summary: 'The coupling: step, freeze, connections',
  tag,
  access: 'viewer',
  response: coupling,
  problems: [],
});
export const beginConnectionEndpoint = endpoint({
  method: 'POST',
  path: '/v1/coupling/connections',
  summary: 'Begin the consent at Exact Online; open the answered address',
  tag,
  access: 'admin',
  body: z.strictObject({ region, forceLogin: z.boolean().optional() }),
  response: z.strictObject({ authorisationUrl: z.string() }),
  status: 201,
  problems: [regionNotConfigured],
});
export const completeConnectionEndpoint = endpoint({
  method: 'POST',
  path: '/v1/coupling/connections/complete',
  summary: 'Finish the consent with what Exact returned',
  tag,
  access: 'admin',
  body: z.strictObject({
    state: line(200),
    code: line(4_000).optional(),
    error: line(200).optional(),
  }),
  response: connection,
  happensOnce: true, // the code is worth one exchange, at Exact
  problems: [
    authorisationUnknown,
    authorisationExpired,
    authorisationRefused,
    exactUserDiffers,
    exactUserElsewhere,
    regionNotConfigured,
  ],
});
export const disconnectEndpoint = endpoint({
  method: 'DELETE',
  path: '/v1/coupling/connections/:id',
  summary: 'Disconnect: tokens are destroyed, everything else stays',
  tag,
  access: 'admin',
  params: idParams,
  response: nothing,
  status: 204,
  problems: [notFound],
});

export const selectAdministrationsEndpoint = endpoint({
  method: 'POST',
  path: '/v1/coupling/selection',
  summary: 'Select the administrations to couple (step 2)',
  tag,
  access: 'admin',
  body: z.strictObject({ administrationIds: z.array(id).min(1).max(200) }),
  response: coupling,
  problems: [administrationUnknown, administrationUnavailable, wrongStep],
});

export const confirmCouplingEndpoint = endpoint({
  method: 'POST',
  path: '/v1/coupling/confirmation',
  summary: 'Confirm the freeze and start fetching and comparing (step 3c)',
  tag,
  access: 'admin',
  body: z.strictObject({ isConfirmed: z.literal(true), text: line(2_000).min(1) }),
  response: z.strictObject({ runId: id }),
  status: 202,
  problems: [wrongStep, configurationIncomplete, syncAlreadyRunning, connectionBroken, featureNotEnabled],
});
export const finishSynchroniseEndpoint = endpoint({
  method: 'POST',
  path: '/v1/coupling/synchronise/finish',
  summary: 'Go on to matching; refused while blocking issues are open (step 4)',
  tag,
  access: 'admin',
  response: coupling,
  problems: [wrongStep, blockingIssuesOpen],
});
export const finishMatchEndpoint = endpoint({
  method: 'POST',
  path: '/v1/coupling/match/finish',
  summary: 'Go on to settings; what is undecided stays open for later (step 5)',
  tag,
  access: 'admin',
  response: coupling,
  problems: [wrongStep],
});
export const activateCouplingEndpoint = endpoint({
  method: 'POST',
  path: '/v1/coupling/activation',
  summary: 'Finish: the coupling becomes active (step 6)',
  tag,
  access: 'admin',
  body: z.strictObject({
    writeSharedValues: z.boolean(),
    planFingerprint: line(64).optional(),
    /** The number of all new accounts of the plan; needed where `isAboveShare`. */
    acceptedCreates: z.int().min(0).optional(),
  }),
  response: coupling,
  problems: [
    wrongStep,
    settingsIncomplete,
    blockingIssuesOpen,
    exactNotReadLately,
    planChanged,
    createsExceedShare,
  ],
});
export const setResyncIntervalEndpoint = endpoint({
  method: 'PUT',
  path: '/v1/coupling/resync-interval',
  summary: 'How often every administration is resynced',
  tag,
  access: 'admin',
  body: z.strictObject({ minutes: z.int().min(10).max(1_440) }),
  response: coupling,
  problems: [],
});
export const setAccountCreationEndpoint = endpoint({
  method: 'PUT',
  path: '/v1/coupling/account-creation',
  summary: 'When a relation gets an account in an administration that does not have it',
  tag,
  access: 'admin',
  body: z.strictObject({ accountCreation }),
  response: coupling,
  problems: [],
});
