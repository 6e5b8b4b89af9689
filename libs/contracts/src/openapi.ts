import * as z from 'zod';
import type { Access, EndpointShape } from './endpoint.js';
import { endpoints } from './endpoints.js';
import { idempotencyKeptHours, idempotencyKeyMax, takesIdempotencyKey } from './idempotency.js';
import { etagHeader, problemResponses } from './openapi-problems.js';
import { plainRoutes, type PlainRoute } from './plain-routes.js';
import { takesVersion } from './precondition.js';
import { problemBody } from './problem.js';
import { webhooksSection } from './webhooks/event-catalogue.js';
import { whyWithoutVersion } from './without-version.js';

export { endpoints, plainRoutes };

type Json = Record<string, unknown>;
type Served = EndpointShape | PlainRoute;

const accessTexts: Readonly<Record<Access, string>> = {
  public: 'Open to everyone.',
  'signed-in': 'For a person with a session.',
  viewer: 'Needs the role or key scope `viewer`, `reviewer` or `admin`.',
  reviewer: 'Needs the role or key scope `reviewer` or `admin`.',
  admin: 'Needs the role or key scope `admin`.',
  operator: 'For helpdesk and consultants.',
};

const versionText =
  'A change that can be refused with changed-meanwhile says which version it is meant for: in If-Match, as the ETag of the resource or as its ' +
  'version in quotes, or as version in the body; If-Match wins. Without either it is 428, for an old one 412 with the version and ETag of now. ' +
  'Every other change says why it takes none. ';

const idempotencyText =
  'A change that takes an Idempotency-Key happens once per key, caller and tenant: sent again within ' +
  `${idempotencyKeptHours} hours it is answered as the first time, with Idempotency-Replayed: true. A refusal changed nothing and ` +
  'is not kept: sent again the request is judged anew. After a 5xx or a lost connection nothing was kept unless all of it was, so send it again.';

/** The API as an OpenAPI 3.1 document, made from the same contracts that the api checks its requests and answers with. */
export function openApiDocument(server: { readonly url: string; readonly version: string }): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Koppel',
      version: server.version,
      summary: 'Couples several Exact Online administrations to one construction ERP.',
      description:
        'Adding endpoints, optional request members, response members and problem kinds is not a breaking change. Answers to GET carry a strong ETag; with it in If-None-Match an unchanged one is answered 304. ' +
        versionText +
        idempotencyText,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: server.url }],
    tags: [...new Set([...endpoints, ...plainRoutes].map((one) => one.tag))].map((name) => ({ name })),
    webhooks: webhooksSection((schema) => schemaOf(schema, 'output')),
    paths: pathsOf([...endpoints, ...plainRoutes]),
    components: { schemas: { Problem: schemaOf(problemBody, 'output') }, securitySchemes },
  };
}

const securitySchemes = {
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'A key `kpl_live_...`, made by an admin of the tenant.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-koppel',
    description: 'A signed-in browser. Changes need an Origin header of the portal and a JSON body.',
  },
};

function pathsOf(all: readonly Served[]): Json {
  const paths: Record<string, Json> = {};
  for (const one of all) {
    const path = one.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [one.method.toLowerCase()]: operationOf(one) };
  }
  return paths;
}

const idempotencyParameter: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Made by the client, new for every change: a UUID, bare or as a quoted string.',
  schema: { type: 'string', minLength: 1, maxLength: idempotencyKeyMax },
};

const ifMatchParameter: Json = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description:
    'The version that the change is meant for, such as `"7"` or an ETag. Goes before `version` in the body.',
  schema: { type: 'string' },
};

const replayedHeader: Json = {
  'Idempotency-Replayed': {
    description: 'On an answer that was given before to this Idempotency-Key.',
    schema: { const: 'true' },
  },
};

function operationOf(one: Served): Json {
  const parameters = [
    ...parametersOf('path', one.params),
    ...parametersOf('query', one.query),
    ...(takesVersion(one) ? [ifMatchParameter] : []),
    ...(takesIdempotencyKey(one) ? [idempotencyParameter] : []),
  ];
  return {
    operationId: operationIdOf(one),
    summary: one.summary,
    description: [accessTexts[one.access], ...unversionedText(one)].join(' '),
    tags: [one.tag],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...bodyOf(one),
    responses: responsesOf(one),
    security: securityOf(one.access),
  };
}

function unversionedText({ method, path }: Served): string[] {
  const why = whyWithoutVersion({ method, path });
  return why === undefined ? [] : [`Takes no If-Match. ${why}`];
}

function bodyOf(one: Served): Json {
  // What is removed is named by the address, and its version by If-Match.
  if (one.method === 'DELETE') return {};
  if ('takes' in one) return { requestBody: { required: true, content: { [one.takes]: { schema: {} } } } };
  const body = 'body' in one ? one.body : undefined;
  if (!body) return {};
  const whole = schemaOf(body, 'input');
  const schema = takesVersion(one) ? withoutVersion(whole) : whole;
  return { requestBody: { required: 'required' in schema, content: jsonOf(schema) } };
}

/** The version may stand in If-Match instead. */
function withoutVersion({ required, ...schema }: Json): Json {
  const left = (required as string[]).filter((name) => name !== 'version');
  return { ...schema, ...(left.length > 0 && { required: left }) };
}

function contentOf(one: Served): Json | undefined {
  if ('response' in one)
    return one.response instanceof z.ZodVoid ? undefined : jsonOf(schemaOf(one.response, 'output'));
  if (one.answers === undefined) return undefined;
  return { [one.answers]: { schema: one.answers === 'application/json' ? {} : { type: 'string' } } };
}

function parametersOf(place: 'path' | 'query', schema: z.ZodObject | undefined): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, place === 'path' ? 'input' : 'output') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, of]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: of,
  }));
}

function responsesOf(one: Served): Json {
  const status = one.status ?? 200;
  const content = contentOf(one);
  const success: Json = {
    description: 'Done.',
    ...(takesIdempotencyKey(one) && { headers: replayedHeader }),
    ...(one.method === 'GET' && status === 200 && { headers: etagHeader }),
    ...(content && { content }),
  };
  return { [status]: success, ...problemResponses(one) };
}

function securityOf(access: Access): Json[] {
  if (access === 'public') return [];
  if (access === 'signed-in' || access === 'operator') return [{ session: [] }];
  return [{ session: [] }, { apiKey: [] }];
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
  });
  return json;
}

const jsonOf = (schema: Json) => ({ 'application/json': { schema } });

/** `POST /v1/coupling/match/finish` -> `postCouplingMatchFinish`; unique because method and path are. */
function operationIdOf(one: Served): string {
  const words = one.path.split(/[/.]/).filter((part) => part !== '' && part !== 'v1');
  const camel = words.map((word) =>
    word.replace(/^:/, 'by-').replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase()),
  );
  return one.method.toLowerCase() + camel.join('');
}
