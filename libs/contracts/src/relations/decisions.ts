import * as z from 'zod';
import { endpoint } from '../endpoint.js';
import {
  alreadyDecided,
  alreadyUndone,
  changedMeanwhile,
  fieldsUndecided,
  laterActionFirst,
  mergeNotPossible,
  notFound,
  notUndoable,
} from '../problems.js';
import { id, idParams, line, listQuery, moment, pageOf, reason } from '../values.js';
import { action, conflict, relationDetail, sharedField, sourceRelation } from './relation-values.js';

const tag = 'relations';
const text = z.string().nullable();

/** aside: waits as an open one does, but answers to others of its kind say that it need not be asked. */
export const proposalState = z.enum(['open', 'aside', 'same', 'different', 'unsure', 'superseded']);
export const proposalSummary = z.strictObject({
  id,
  kind: z.enum(['match', 'double']),
  state: proposalState,
  probability: z.number(),
  score: z.number(),
  left: z.strictObject({ relationId: id, name: z.string(), administrationName: z.string() }),
  right: z.strictObject({ relationId: id, name: z.string(), administrationName: z.string() }),
  topReasons: z.array(reason),
  decidedByName: text,
  decidedAt: moment.nullable(),
});
export type ProposalSummary = z.output<typeof proposalSummary>;
export const proposalDetail = proposalSummary.extend({
  reasons: z.array(reason),
  vetoes: z.array(reason),
  /** What keeps other records of the two relations apart: joining these two would join those as well. */
  contradictions: z.array(reason),
  /** Single changes that would have given another verdict; the most decisive first. */
  wouldChange: z.array(
    z.strictObject({
      field: z.enum(['name', 'kvk', 'vat', 'address', 'email', 'phone']),
      change: z.enum(['equal', 'empty']),
      band: z.enum(['automatic', 'ask', 'separate']),
      text: z.strictObject({ nl: z.string(), en: z.string() }),
    }),
  ),
  /** Each side is a relation with all its sources: a group may already hold several administrations. */
  leftSources: z.array(sourceRelation),
  rightSources: z.array(sourceRelation),
  /** The fields whose values differ over all sources: each needs a choice before a merge. */
  differingFields: z.array(z.strictObject({ field: sharedField, suggestedSourceRelationId: id })),
  /** Where an administration would have two accounts: the ones to book on; the others become aliases. */
  suggestedBookOn: z.array(id),
  actionId: id.nullable(),
  version: z.int(),
});
export type ProposalDetail = z.output<typeof proposalDetail>;

export const listProposalsEndpoint = endpoint({
  method: 'GET',
  path: '/v1/proposals',
  summary: 'Pairs that a person decides, most certain first or most instructive first',
  tag: 'match',
  access: 'viewer',
  query: z.strictObject({
    ...listQuery,
    state: proposalState.optional(),
    kind: z.enum(['match', 'double']).optional(),
    administrationId: id.optional(),
    reason: line(60).optional(),
    minProbability: z.coerce.number().min(0).max(1).optional(),
    search: line(200).optional(),
    /** teaching: first the pairs whose answers spare most other questions. Left out: the most certain first. */
    order: z.enum(['certainty', 'teaching']).optional(),
  }),
  response: pageOf(proposalSummary).extend({
    counts: z.strictObject({
      open: z.int(),
      aside: z.int(),
      same: z.int(),
      different: z.int(),
      unsure: z.int(),
    }),
    /** Whether an open pair has a place in the order `teaching`; where none has, it is the usual one. */
    isRanked: z.boolean(),
  }),
  problems: [],
});
export const listProposalReasonsEndpoint = endpoint({
  method: 'GET',
  path: '/v1/proposals/reasons',
  summary:
    'The reasons that occur among the pairs of a state and kind, the most frequent first; for filtering',
  tag: 'match',
  access: 'viewer',
  query: z.strictObject({ state: proposalState.optional(), kind: z.enum(['match', 'double']).optional() }),
  response: z.strictObject({
    items: z.array(
      z.strictObject({
        key: z.string(),
        text: z.strictObject({ nl: z.string(), en: z.string() }),
        pairs: z.int(),
      }),
    ),
  }),
  problems: [],
});
export const getProposalEndpoint = endpoint({
  method: 'GET',
  path: '/v1/proposals/:id',
  summary: 'A pair: records side by side, why, what differs',
  tag: 'match',
  access: 'viewer',
  params: idParams,
  response: proposalDetail,
  problems: [notFound],
});
export const decideProposalEndpoint = endpoint({
  method: 'POST',
  path: '/v1/proposals/:id/decision',
  summary: 'Same (with the leading value per differing field), not the same, or unsure',
  tag: 'match',
  access: 'reviewer',
  params: idParams,
  body: z.strictObject({
    version: z.int(),
    verdict: z.enum(['same', 'different', 'unsure']),
    /** For "same": per differing field the source whose value leads; what is left out takes the suggestion. */
    leading: z.partialRecord(sharedField, id).optional(),
    /** For "same", where an administration has two accounts: the ones to book on; left out, the suggestion. */
    bookOn: z.array(id).max(200).optional(),
  }),
  response: z.strictObject({ proposal: proposalDetail, actionId: id, relationId: id.nullable() }),
  problems: [notFound, changedMeanwhile, alreadyDecided, mergeNotPossible, fieldsUndecided],
});

export const listActionsEndpoint = endpoint({
  method: 'GET',
  path: '/v1/actions',
  summary: 'History: who did what',
  tag: 'history',
  access: 'viewer',
  query: z.strictObject({
    ...listQuery,
    relationId: id.optional(),
    administrationId: id.optional(),
    actor: line(200).optional(),
    batchId: id.optional(),
  }),
  response: pageOf(action),
  problems: [],
});
export const undoActionEndpoint = endpoint({
  method: 'POST',
  path: '/v1/actions/:id/undo',
  summary: 'Undo an action',
  tag: 'history',
  access: 'reviewer',
  params: idParams,
  response: action.extend({
    /** Fields that were edited since; their edit stays with the surviving relation. */
    kept: z.array(sharedField),
  }),
  problems: [notFound, notUndoable, alreadyUndone, laterActionFirst],
});

export const listConflictsEndpoint = endpoint({
  method: 'GET',
  path: '/v1/conflicts',
  summary: 'Fields that were changed differently on two sides',
  tag,
  access: 'viewer',
  query: z.strictObject(listQuery),
  response: pageOf(conflict),
  problems: [],
});
export const resolveConflictEndpoint = endpoint({
  method: 'POST',
  path: '/v1/conflicts/:id/resolution',
  summary: 'Choose which value counts',
  tag,
  access: 'reviewer',
  params: idParams,
  body: z.strictObject({ side: line(80), version: z.int() }),
  response: relationDetail,
  problems: [notFound, alreadyDecided, changedMeanwhile],
});
