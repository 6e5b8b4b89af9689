import * as z from 'zod';
import { endpoint } from '../endpoint.js';
import {
  administrationUnknown,
  connectionBroken,
  featureNotEnabled,
  notFound,
  stepNotFailed,
  syncAlreadyRunning,
  syncNotRunning,
  wrongStep,
} from '../problems.js';
import { id, idParams, listQuery, moment, pageOf } from '../values.js';

const tag = 'sync';

export const dataKind = z.enum([
  'accounts',
  'contacts',
  'addresses',
  'bank-accounts',
  'gl-accounts',
  'journals',
  'vat-codes',
  'payment-conditions',
  'cost-centers',
  'cost-units',
  'deleted',
]);
export type DataKind = z.output<typeof dataKind>;

export const syncPart = z.strictObject({
  stepId: id,
  kind: dataKind,
  state: z.enum(['pending', 'running', 'waiting', 'done', 'failed', 'skipped']),
  records: z.int(),
  rejected: z.int(),
  expected: z.int().nullable(),
  calls: z.int(),
  waitReason: z.enum(['minute-limit', 'day-limit', 'retry', 'reconnect', 'paused']).nullable(),
  resumesAt: moment.nullable(),
  failure: z.strictObject({ kind: z.string(), message: z.string() }).nullable(),
});

export const runStatistics = z.strictObject({
  fetched: z.int(),
  rejected: z.int(),
  relations: z.int(),
  mergedAutomatically: z.int(),
  asked: z.int(),
  doubles: z.int(),
  created: z.int(),
  changed: z.int(),
  deleted: z.int(),
  conflicts: z.int(),
  writes: z.int(),
  calls: z.int(),
});

export const syncRun = z.strictObject({
  id,
  kind: z.enum(['initial', 'addition', 'resync']),
  trigger: z.enum(['person', 'schedule', 'webhook']),
  state: z.enum(['fetching', 'comparing', 'completed', 'failed', 'cancelled']),
  isPaused: z.boolean(),
  startedByName: z.string().nullable(),
  startedAt: moment,
  endedAt: moment.nullable(),
  administrations: z.array(
    z.strictObject({
      administrationId: id,
      name: z.string(),
      state: z.enum(['pending', 'running', 'waiting', 'done', 'failed']),
      parts: z.array(syncPart),
      budget: z.strictObject({
        minuteUsed: z.int(),
        minuteAllowed: z.int(),
        dayUsed: z.int(),
        dayAllowed: z.int(),
      }),
    }),
  ),
  comparing: z.strictObject({ done: z.int(), total: z.int() }),
  /** Estimated from Exact's limits and what is left; null while unknown. */
  secondsLeft: z.int().nullable(),
  statistics: runStatistics,
  events: z.array(
    z.strictObject({
      at: moment,
      key: z.string(),
      administrationName: z.string().nullable(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
});
export type SyncRun = z.output<typeof syncRun>;

export const getSyncRunEndpoint = endpoint({
  method: 'GET',
  path: '/v1/sync-runs/:id',
  summary: 'A run: per administration and kind, counts, limits, time left',
  tag,
  access: 'viewer',
  params: idParams,
  response: syncRun,
  problems: [notFound],
});
/** Same body as `getSyncRunEndpoint`, as server-sent events named `run`, until the run ends. */
export const syncRunEventsPath = '/v1/sync-runs/:id/events';
export const syncRunSummary = syncRun.pick({
  id: true,
  kind: true,
  trigger: true,
  state: true,
  startedByName: true,
  startedAt: true,
  endedAt: true,
  statistics: true,
});
export const listSyncRunsEndpoint = endpoint({
  method: 'GET',
  path: '/v1/sync-runs',
  summary: 'Runs, newest first',
  tag,
  access: 'viewer',
  query: z.strictObject(listQuery),
  response: pageOf(syncRunSummary),
  problems: [],
});
export const startResyncEndpoint = endpoint({
  method: 'POST',
  path: '/v1/sync-runs',
  summary: 'Resync now, all active administrations or some',
  tag,
  access: 'reviewer',
  body: z.strictObject({ administrationIds: z.array(id).min(1).max(200).optional() }),
  response: z.strictObject({ runId: id }),
  status: 202,
  problems: [syncAlreadyRunning, administrationUnknown, connectionBroken, wrongStep, featureNotEnabled],
});
export const pauseSyncRunEndpoint = endpoint({
  method: 'POST',
  path: '/v1/sync-runs/:id/pause',
  summary: 'Pause after the page that is being read',
  tag,
  access: 'admin',
  params: idParams,
  response: syncRun,
  problems: [notFound, syncNotRunning],
});
export const continueSyncRunEndpoint = endpoint({
  method: 'POST',
  path: '/v1/sync-runs/:id/continue',
  summary: 'Go on after a pause',
  tag,
  access: 'admin',
  params: idParams,
  response: syncRun,
  problems: [notFound, syncNotRunning],
});
export const retryStepEndpoint = endpoint({
  method: 'POST',
  path: '/v1/sync-runs/:id/steps/:stepId/retry',
  summary: 'Try a failed part again',
  tag,
  access: 'reviewer',
  params: z.strictObject({ id, stepId: id }),
  response: syncRun,
  problems: [notFound, stepNotFailed, syncAlreadyRunning, featureNotEnabled],
});
