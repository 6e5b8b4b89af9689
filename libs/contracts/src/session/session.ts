import * as z from 'zod';
import { endpoint } from '../endpoint.js';
import { notAllowed, notFound, tooManyRequests, wrongCredentials } from '../problems.js';
import { id, idParams, line, moment, nothing, role } from '../values.js';

export const session = z.strictObject({
  user: z.strictObject({
    id,
    email: z.string(),
    name: z.string(),
    locale: z.enum(['nl', 'en']),
    isOperator: z.boolean(),
  }),
  tenants: z.array(z.strictObject({ id, name: z.string(), role, isFeatureEnabled: z.boolean() })),
  currentTenantId: id.nullable(),
});
export type Session = z.output<typeof session>;

const tag = 'session';

export const signInEndpoint = endpoint({
  method: 'POST',
  path: '/v1/session',
  summary: 'Sign in with e-mail address and password',
  tag,
  access: 'public',
  beforeActivation: true,
  body: z.strictObject({ email: z.email().max(320), password: line(1_000).min(1) }),
  response: session,
  problems: [wrongCredentials, tooManyRequests],
});
export const getSessionEndpoint = endpoint({
  method: 'GET',
  path: '/v1/session',
  summary: 'Who is signed in',
  tag,
  access: 'signed-in',
  beforeActivation: true,
  response: session,
  problems: [],
});
export const signOutEndpoint = endpoint({
  method: 'DELETE',
  path: '/v1/session',
  summary: 'Sign out',
  tag,
  access: 'signed-in',
  beforeActivation: true,
  response: nothing,
  status: 204,
  problems: [],
});
export const chooseTenantEndpoint = endpoint({
  method: 'PUT',
  path: '/v1/session/tenant',
  summary: 'Choose the organisation to work in',
  tag,
  access: 'signed-in',
  beforeActivation: true,
  body: z.strictObject({ tenantId: id }),
  response: session,
  problems: [notAllowed],
});
export const setLocaleEndpoint = endpoint({
  method: 'PUT',
  path: '/v1/session/locale',
  summary: 'Choose the language',
  tag,
  access: 'signed-in',
  beforeActivation: true,
  body: z.strictObject({ locale: z.enum(['nl', 'en']) }),
  response: session,
  problems: [],
});

export const tenantFeature = z.strictObject({
  id,
  name: z.string(),
  isFeatureEnabled: z.boolean(),
  enabledAt: moment.nullable(),
  enabledBy: z.string().nullable(),
});
export const listTenantFeaturesEndpoint = endpoint({
  method: 'GET',
  path: '/v1/operator/tenants',
  summary: 'Organisations and whether the feature is on',
  tag: 'operator',
  access: 'operator',
  beforeActivation: true,
  response: z.strictObject({ items: z.array(tenantFeature) }),
  problems: [],
});
export const setTenantFeatureEndpoint = endpoint({
  method: 'PUT',
  path: '/v1/operator/tenants/:id/feature',
  summary: 'Switch the feature on or off for an organisation (step 0)',
  tag: 'operator',
  access: 'operator',
  beforeActivation: true,
  params: idParams,
  body: z.strictObject({ isEnabled: z.boolean() }),
  response: tenantFeature,
  problems: [notFound],
});

export const apiKeyScope = z.enum(['viewer', 'reviewer', 'admin']);
export const apiKey = z.strictObject({
  id,
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(apiKeyScope),
  createdBy: z.string(),
  createdAt: moment,
  lastUsedAt: moment.nullable(),
  expiresAt: moment.nullable(),
  revokedAt: moment.nullable(),
});
export const listApiKeysEndpoint = endpoint({
  method: 'GET',
  path: '/v1/api-keys',
  summary: 'API keys of the organisation',
  tag: 'api-keys',
  access: 'admin',
  response: z.strictObject({ items: z.array(apiKey) }),
  problems: [],
});
export const createApiKeyEndpoint = endpoint({
  method: 'POST',
  path: '/v1/api-keys',
  summary: 'Make an API key; the key itself is shown once',
  tag: 'api-keys',
  access: 'admin',
  body: z.strictObject({
    name: line(80).min(1),
    scopes: z.array(apiKeyScope).min(1).max(3),
    expiresAt: moment.optional(),
  }),
  response: z.strictObject({ apiKey, key: z.string() }),
  status: 201,
  problems: [],
});
export const revokeApiKeyEndpoint = endpoint({
  method: 'DELETE',
  path: '/v1/api-keys/:id',
  summary: 'Revoke an API key',
  tag: 'api-keys',
  access: 'admin',
  params: idParams,
  response: nothing,
  status: 204,
  problems: [notFound],
});
