import * as z from 'zod';
import { endpoint } from '../endpoint.js';
import { changedMeanwhile, mergeNotPossible, notFound, relationsFrozen, valueInvalid } from '../problems.js';
import { id, idParams, line, listQuery, moment, pageOf, reason } from '../values.js';
import {
  relationDetail,
  relationSummary,
  sharedField,
  sharedValues,
  writtenAddress,
} from './relation-values.js';

const tag = 'relations';

export const listRelationsEndpoint = endpoint({
  method: 'GET',
  path: '/v1/relations',
  summary: 'Merged relations',
  tag,
  access: 'viewer',
  query: z.strictObject({
    ...listQuery,
    search: line(200).optional(),
    administrationId: id.optional(),
    role: z.enum(['customer', 'supplier']).optional(),
    linked: z.enum(['one', 'several']).optional(),
    sort: z.enum(['name', '-updatedAt']).optional(),
    updatedSince: moment.optional(),
  }),
  response: pageOf(relationSummary),
  problems: [],
});
/** CSV of what is filtered: same query as `listRelationsEndpoint` without paging, and `fileQuery`. */
export const relationsCsvPath = '/v1/relations.csv';
export const getRelationEndpoint = endpoint({
  method: 'GET',
  path: '/v1/relations/:id',
  summary: 'A relation with its sources, origins and history; a merged id leads to its survivor',
  tag,
  access: 'viewer',
  params: idParams,
  response: relationDetail,
  problems: [notFound],
});
const comparedAccount = z.strictObject({
  sourceRelationId: id,
  name: z.string(),
  administrationName: z.string(),
});
export const getRelationEvidenceEndpoint = endpoint({
  method: 'GET',
  path: '/v1/relations/:id/evidence',
  summary:
    'Why the accounts of a relation are one, as Koppel sees it now: each beside the one that it fits best, with what speaks for and against',
  tag,
  access: 'viewer',
  params: idParams,
  response: z.strictObject({
    /** Empty for a relation of one account. */
    pairs: z.array(
      z.strictObject({
        left: comparedAccount,
        right: comparedAccount,
        score: z.number(),
        probability: z.number(),
        reasons: z.array(reason),
        vetoes: z.array(reason),
      }),
    ),
    /** Accounts of which nothing is told: beyond the first hundred. */
    untold: z.int(),
    matcherVersion: z.string(),
  }),
  problems: [notFound],
});
export const getRelationAtEndpoint = endpoint({
  method: 'GET',
  path: '/v1/relations/:id/at',
  summary: 'The values of a relation as they were at a moment, from its history',
  tag,
  access: 'viewer',
  params: idParams,
  query: z.strictObject({ moment }),
  response: z.strictObject({
    moment,
    /** Null before the relation was made. */
    values: sharedValues.nullable(),
    /** The fields that say something else now. */
    changedSince: z.array(sharedField),
  }),
  problems: [notFound],
});
export const editRelationEndpoint = endpoint({
  method: 'PATCH',
  path: '/v1/relations/:id',
  summary: 'Edit shared values; written to every linked administration',
  tag,
  access: 'reviewer',
  params: idParams,
  body: z.strictObject({
    version: z.int(),
    values: z
      .strictObject({
        name: line(200).min(1),
        tradeName: line(200).nullable(),
        kvk: line(20).nullable(),
        vat: line(30).nullable(),
        rsin: line(20).nullable(),
        address: writtenAddress.nullable(),
        email: line(320).nullable(),
        phone: line(40).nullable(),
        website: line(300).nullable(),
      })
      .partial(),
  }),
  response: relationDetail,
  problems: [notFound, changedMeanwhile, relationsFrozen, valueInvalid],
});
export const chooseLeadingEndpoint = endpoint({
  method: 'PUT',
  path: '/v1/relations/:id/leading',
  summary: "Let one administration's value lead for a field",
  tag,
  access: 'reviewer',
  params: idParams,
  body: z.strictObject({ version: z.int(), field: sharedField, sourceRelationId: id }),
  response: relationDetail,
  problems: [notFound, changedMeanwhile],
});
export const unlinkEndpoint = endpoint({
  method: 'POST',
  path: '/v1/relations/:id/unlink',
  summary: 'Take one account out of a merged relation; it becomes a relation of its own',
  tag,
  access: 'reviewer',
  params: idParams,
  body: z.strictObject({ version: z.int(), sourceRelationId: id }),
  response: z.strictObject({ relationId: id, newRelationId: id, actionId: id }),
  problems: [notFound, changedMeanwhile, mergeNotPossible],
});
