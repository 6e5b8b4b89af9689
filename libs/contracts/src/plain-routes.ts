import * as z from 'zod';
import { planCsvPath } from './coupling/plan.js';
import type { EndpointShape } from './endpoint.js';
import { notFound } from './problems.js';
import { listRelationsEndpoint, relationsCsvPath } from './relations/relations.js';
import { syncRunEventsPath } from './sync/sync.js';
import { issuesCsvPath, listIssuesEndpoint } from './upkeep/issues.js';
import { fileQuery, idParams } from './values.js';
import { exactWebhookPath, webhookMalformed, webhookSignatureWrong } from './webhooks/webhooks.js';

/** A path that the api serves beside its endpoints: it answers something else than a checked JSON body. */
export interface PlainRoute extends Omit<EndpointShape, 'response' | 'body'> {
  /** The media type of its answer; none where that is empty. */
  readonly answers?: 'text/csv' | 'text/event-stream' | 'application/json';
  /** The media type that it takes. */
  readonly takes?: 'application/json';
}

const paging = { cursor: true, limit: true } as const;

/** Files, the event stream, health, this document, and where Exact calls: for the OpenAPI document. */
export const plainRoutes: readonly PlainRoute[] = [
  {
    method: 'GET',
    path: relationsCsvPath,
    summary: 'The relations of a filter as a file',
    tag: 'relations',
    access: 'viewer',
    query: listRelationsEndpoint.query.omit(paging).extend(fileQuery.shape),
    answers: 'text/csv',
    problems: [],
  },
  {
    method: 'GET',
    path: planCsvPath,
    summary: 'The whole plan as a file: what would be written to Exact, and what is linked',
    tag: 'coupling',
    access: 'viewer',
    query: fileQuery,
    answers: 'text/csv',
    problems: [],
  },
  {
    method: 'GET',
    path: issuesCsvPath,
    summary: 'The issues of a filter as a file',
    tag: 'issues',
    access: 'viewer',
    query: listIssuesEndpoint.query.omit(paging).extend(fileQuery.shape),
    answers: 'text/csv',
    problems: [],
  },
  {
    method: 'GET',
    path: syncRunEventsPath,
    summary: 'A run as it goes on, as server-sent events; ends when the run does',
    tag: 'sync',
    access: 'viewer',
    params: idParams,
    answers: 'text/event-stream',
    problems: [notFound],
  },
  {
    method: 'GET',
    path: '/health/live',
    summary: 'The process answers',
    tag: 'health',
    access: 'public',
    answers: 'application/json',
    problems: [],
  },
  {
    method: 'GET',
    path: '/health/ready',
    summary: 'Requests can be served; 503 while the database cannot be reached or is older than the program',
    tag: 'health',
    access: 'public',
    answers: 'application/json',
    problems: [],
  },
  {
    method: 'GET',
    path: '/openapi.json',
    summary: 'This document',
    tag: 'health',
    access: 'public',
    answers: 'application/json',
    problems: [],
  },
  {
    method: 'POST',
    path: exactWebhookPath,
    summary: 'Where Exact Online says that something changed; served where a webhook secret is set',
    tag: 'webhooks',
    access: 'public',
    params: z.strictObject({ region: z.string() }),
    takes: 'application/json',
    problems: [webhookMalformed, webhookSignatureWrong, notFound],
  },
];
