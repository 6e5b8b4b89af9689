import * as z from 'zod';
import { endpoint } from '../endpoint.js';
import { notFound } from '../problems.js';
import { cursor, id, idParams, line, moment } from '../values.js';
import { proposalSummary } from './decisions.js';

/** Which open pairs: the filter of the queue. */
const batchFilter = {
  kind: z.enum(['match', 'double']).optional(),
  administrationId: id.optional(),
  reason: line(60).optional(),
  minProbability: z.coerce.number().min(0).max(1).optional(),
  search: line(200).optional(),
};

export const proposalBatch = z.strictObject({
  /** What the acts of this batch will have in common. */
  batchId: id,
  /** Pairs found later than this are no part of it. */
  seenAt: moment,
  pairs: z.int(),
  /**
   * Pairs of the filter with something against them, or against other accounts of their two relations; they are left to a person, one by one.
   * Beyond three hundred pairs an estimate.
   */
  leftOut: z.int(),
  /** How many of the pairs are probably not the same, by the engine and by what persons answered on pairs like them. */
  expectedErrors: z.number(),
  /** How many answers that rests on; 0 while the engine's estimate stands alone. */
  answers: z.int(),
  /** A random part, to look at before. */
  sample: z.array(proposalSummary),
});
export type ProposalBatch = z.output<typeof proposalBatch>;

export const previewBatchEndpoint = endpoint({
  method: 'GET',
  path: '/v1/proposal-batch',
  summary:
    'What accepting all pairs of a filter would do: how many, how many errors to expect, a random sample',
  tag: 'match',
  access: 'reviewer',
  query: z.strictObject(batchFilter),
  response: proposalBatch,
  problems: [],
});
export const acceptBatchEndpoint = endpoint({
  method: 'POST',
  path: '/v1/proposal-batch',
  summary:
    'Merge the next portion of a batch with the suggested leading values; again with the cursor until it is null',
  tag: 'match',
  access: 'reviewer',
  body: z.strictObject({ ...batchFilter, batchId: id, seenAt: moment, cursor: cursor.optional() }),
  response: z.strictObject({
    merged: z.int(),
    /** Pairs that somebody decided meanwhile, or that cannot be merged. */
    skipped: z.int(),
    nextCursor: cursor.nullable(),
  }),
  problems: [],
});
export const undoBatchEndpoint = endpoint({
  method: 'POST',
  path: '/v1/action-batches/:id/undo',
  summary: 'Undo the next portion of a batch, newest first; again with the cursor until it is null',
  tag: 'history',
  access: 'reviewer',
  params: idParams,
  body: z.strictObject({ cursor: cursor.optional() }),
  response: z.strictObject({
    undone: z.int(),
    /** Acts on which somebody built further, or that were undone before. */
    skipped: z.int(),
    nextCursor: cursor.nullable(),
  }),
  problems: [notFound],
});
