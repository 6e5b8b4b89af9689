import * as z from 'zod';
import { endpoint } from '../endpoint.js';
import {
  changedMeanwhile,
  issueClosed,
  notApprovable,
  notFound,
  personRequired,
  reasonMissing,
  relationsFrozen,
} from '../problems.js';
import { both, id, idParams, line, listQuery, moment, pageOf } from '../values.js';

export const issueClass = z.enum(['transient', 'data', 'configuration', 'permission', 'bug']);
export const issueWayOut = z.strictObject({
  /** What the button does: approve or reject the change that is asked about, retry the part, write again what failed, open Exact, reconnect, open settings, open the relation that has it already, open the match page or the webhooks, decide here. */
  kind: z.enum([
    'approve',
    'reject',
    'retry',
    'open-exact',
    'reconnect',
    'open-settings',
    'open-relation',
    'open-match',
    'open-webhooks',
    'ignore',
    'recheck',
    'write-again',
  ]),
  label: both,
  /** Of Exact, or a path of the portal for a relation. */
  url: z.string().nullable(),
});
export const issue = z.strictObject({
  id,
  administrationId: id.nullable(),
  administrationName: z.string().nullable(),
  cause: z.string(),
  /** What all issues of the cause are about: the title without this one's own facts. */
  causeTitle: both,
  class: issueClass,
  isBlocking: z.boolean(),
  title: both,
  explanation: both,
  waysOut: z.array(issueWayOut),
  occurrences: z.int(),
  state: z.enum(['open', 'resolved', 'ignored']),
  openedAt: moment,
  lastSeenAt: moment,
  closedAt: moment.nullable(),
  closedBy: z.string().nullable(),
  ignoredReason: z.string().nullable(),
  version: z.int(),
});
export type Issue = z.output<typeof issue>;

export const listIssuesEndpoint = endpoint({
  method: 'GET',
  path: '/v1/issues',
  summary: 'What could not be processed, blocking first',
  tag: 'issues',
  access: 'viewer',
  query: z.strictObject({
    ...listQuery,
    state: z.enum(['open', 'resolved', 'ignored']).optional(),
    class: issueClass.optional(),
    administrationId: id.optional(),
    cause: line(80).optional(),
    /** Words that an issue speaks of, such as a relation's name or number. */
    search: line(200).optional(),
  }),
  response: pageOf(issue).extend({
    /** Open ones per cause, of the administration and the words that are asked for. */
    counts: z.array(
      z.strictObject({ class: issueClass, cause: z.string(), title: both, open: z.int(), blocking: z.int() }),
    ),
  }),
  problems: [],
});
/** CSV of what is filtered: same query as `listIssuesEndpoint` without paging, and `fileQuery`. */
export const issuesCsvPath = '/v1/issues.csv';
export const ignoreIssueEndpoint = endpoint({
  method: 'POST',
  path: '/v1/issues/:id/ignore',
  summary: 'Ignore an issue, with a reason of at least three characters',
  tag: 'issues',
  access: 'reviewer',
  params: idParams,
  body: z.strictObject({ reason: line(1_000), version: z.int() }),
  response: issue,
  problems: [notFound, reasonMissing, issueClosed, changedMeanwhile],
});
export const ignoreBatchEndpoint = endpoint({
  method: 'POST',
  path: '/v1/issue-batch',
  summary:
    'Ignore many issues as they were seen, with one reason; more of them with the same batchId are undone with them as one, at /v1/action-batches/:id/undo',
  tag: 'issues',
  access: 'reviewer',
  body: z.strictObject({
    reason: line(1_000),
    issues: z
      .array(z.strictObject({ id, version: z.int() }))
      .min(1)
      .max(50),
    /** Of the answer before, for the next portion; left out for the first. */
    batchId: id.optional(),
  }),
  response: z.strictObject({
    batchId: id,
    ignored: z.int(),
    /** Closed or changed meanwhile, and left as they are. */
    skipped: z.int(),
  }),
  problems: [reasonMissing],
});
export const reopenIssueEndpoint = endpoint({
  method: 'POST',
  path: '/v1/issues/:id/reopen',
  summary: 'Take an issue that was ignored, or a question that was rejected, up again',
  tag: 'issues',
  access: 'reviewer',
  params: idParams,
  body: z.strictObject({ version: z.int() }),
  response: issue,
  problems: [notFound, issueClosed, changedMeanwhile],
});
export const approveIssueEndpoint = endpoint({
  method: 'POST',
  path: '/v1/issues/:id/approve',
  summary:
    'Approve the change that an issue asks about: it is written to the other administrations. Persons only',
  tag: 'issues',
  access: 'reviewer',
  params: idParams,
  body: z.strictObject({ version: z.int() }),
  response: issue,
  problems: [notFound, notApprovable, personRequired, issueClosed, changedMeanwhile, relationsFrozen],
});
export const retryIssueEndpoint = endpoint({
  method: 'POST',
  path: '/v1/issues/:id/retry',
  summary:
    'Try again: a write that failed is sent anew; of anything else it is checked whether the cause is gone',
  tag: 'issues',
  access: 'reviewer',
  params: idParams,
  response: issue,
  status: 202,
  problems: [notFound, issueClosed],
});
