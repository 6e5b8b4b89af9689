import * as z from 'zod';
import { endpoint } from '../endpoint.js';
import {
  administrationNotActive,
  administrationUnknown,
  creatingSwitchedOff,
  notFound,
  relationAnonymised,
  relationsFrozen,
} from '../problems.js';
import { id, idParams } from '../values.js';

const accountRole = z.enum(['customer', 'supplier']);

export const useRelationEndpoint = endpoint({
  method: 'POST',
  path: '/v1/relations/:id/uses',
  summary:
    'Say that a relation is going to be used in an administration: answers its account there, or requests one. Ask again to learn the outcome',
  tag: 'relations',
  access: 'reviewer',
  params: idParams,
  body: z.strictObject({
    administrationId: id,
    /** As what a new account is made; as what the relation is elsewhere when left out. */
    roles: z.array(accountRole).min(1).max(2).optional(),
  }),
  response: z.discriminatedUnion('state', [
    z.strictObject({
      state: z.literal('linked'),
      relationId: id,
      sourceRelationId: id,
      exactId: z.string(),
      code: z.string().nullable(),
      isBlocked: z.boolean(),
      isCustomer: z.boolean(),
      isSupplier: z.boolean(),
    }),
    z.strictObject({ state: z.literal('requested'), relationId: id }),
  ]),
  problems: [
    notFound,
    administrationUnknown,
    relationsFrozen,
    administrationNotActive,
    creatingSwitchedOff,
    relationAnonymised,
  ],
});
