import * as z from 'zod';
import { id, moment } from '../values.js';
import type { WebhookEventType } from './outgoing.js';

type Json = Record<string, unknown>;

interface Described {
  readonly summary: string;
  readonly data: z.ZodRawShape;
}

const relation = { relationId: id };
const conflict = { conflictId: id, relationId: id, field: z.string() };
const run = {
  syncRunId: id,
  kind: z.enum(['initial', 'addition', 'resync']),
  trigger: z.enum(['person', 'schedule', 'webhook']),
};

/** What each event carries beside `link`; the compiler asks for a missing one. */
const catalogue: Readonly<Record<WebhookEventType | 'webhook.ping', Described>> = {
  'connection.reauth_required': {
    summary: 'Exact takes our consent no more: a person must connect again',
    data: { connectionId: id },
  },
  'administration.blocked': {
    summary: 'Exact closed an administration to us',
    data: { administrationId: id },
  },
  'sync.completed': { summary: 'Everything was fetched and compared', data: run },
  'sync.failed': { summary: 'A run ended without being compared', data: run },
  'relation.created': {
    summary: 'There is a new relation. Not sent before the coupling is activated for the first time',
    data: relation,
  },
  'relation.updated': {
    summary: 'Values, origins or members of a relation changed. Not sent before the first activation',
    data: relation,
  },
  'relation.merged': {
    summary: 'A relation went up in another one; its id leads there from now on',
    data: { ...relation, survivorId: id.nullable() },
  },
  'relation.deleted': { summary: 'A relation is not there any more', data: relation },
  'conflict.opened': {
    summary: 'A field was changed differently on two sides: a person decides',
    data: conflict,
  },
  'conflict.resolved': { summary: 'A conflict was decided, or is over', data: conflict },
  'webhook.ping': {
    summary: 'Sent by hand, to try whether the receiver is reached',
    data: { endpointId: id },
  },
};

const text = { type: 'string' } as const;
const parameters: readonly Json[] = [
  {
    name: 'webhook-id',
    in: 'header',
    required: true,
    description: 'The id of the event, the same in every attempt and replay: handle an id once.',
    schema: text,
  },
  {
    name: 'webhook-timestamp',
    in: 'header',
    required: true,
    description: 'When this attempt was made, in seconds since 1970: refuse what is older than five minutes.',
    schema: text,
  },
  {
    name: 'webhook-signature',
    in: 'header',
    required: true,
    description:
      '`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; two of them, with a space between, while a secret is being replaced. See standardwebhooks.com.',
    schema: text,
  },
];

const responses: Json = {
  '2XX': { description: 'Taken, within 15 seconds. The body is not looked at.' },
  '410': { description: 'The receiver wants nothing any more: the endpoint is switched off.' },
  default: {
    description:
      'Anything else, a redirect too, is tried again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h. An endpoint that takes nothing for five days is switched off.',
  },
};

/** The `webhooks` of the OpenAPI document: what Koppel sends, in no promised order and at least once. */
export function webhooksSection(toSchema: (schema: z.ZodType) => Json): Json {
  return Object.fromEntries(
    Object.entries(catalogue).map(([type, { summary, data }]) => {
      const body = z.object({
        type: z.literal(type),
        timestamp: moment,
        data: z.object({ ...data, link: z.string() }),
      });
      const requestBody = { required: true, content: { 'application/json': { schema: toSchema(body) } } };
      const operationId = `on${type.replace(/(?:^|[._])(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
      const post = {
        operationId,
        summary,
        tags: ['events'],
        parameters,
        requestBody,
        responses,
        security: [],
      };
      return [type, { post }];
    }),
  );
}
