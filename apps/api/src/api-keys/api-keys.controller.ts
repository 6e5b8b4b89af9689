import { Controller, Inject } from '@nestjs/common';
import {
  createApiKeyEndpoint,
  listApiKeysEndpoint,
  notFound,
  revokeApiKeyEndpoint,
  type Response,
} from '@koppel/contracts';
import { hashOf, inTenant, type Database } from '@koppel/persistence';
import { addApiKey, findApiKeys, revokeApiKey, type ApiKey } from '@koppel/persistence/tenancy';
import type { Chance } from '../deps.js';
import { Call } from '../http/call.js';
import { ProblemError } from '../http/problem-error.js';
import { Route } from '../http/route.js';
import { CHANCE, DATABASE } from '../tokens.js';

const keyStart = 'kpl_live_';
/** Of the secret part, to tell keys apart in a list; 8 of 43 characters give nothing away. */
const shownCharacters = 8;

@Controller()
export class ApiKeysController {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CHANCE) private readonly chance: Chance,
  ) {}

  @Route(listApiKeysEndpoint)
  async list(@Call() call: Call<typeof listApiKeysEndpoint>): Promise<Response<typeof listApiKeysEndpoint>> {
    const keys = await inTenant(this.database, call.tenantId, (tx) => findApiKeys(tx));
    return { items: keys.map(toResponse) };
  }

  /** The key itself leaves here once; only its hash is kept. */
  @Route(createApiKeyEndpoint)
  async create(
    @Call() call: Call<typeof createApiKeyEndpoint>,
  ): Promise<Response<typeof createApiKeyEndpoint>> {
    const secret = keyStart + this.chance.newSecret();
    const key: ApiKey = {
      id: this.chance.newId(),
      name: call.body.name,
      prefix: secret.slice(0, keyStart.length + shownCharacters),
      scopes: [...new Set(call.body.scopes)],
      createdBy: call.actor.name,
      createdAt: this.chance.now(),
      lastUsedAt: null,
      expiresAt: call.body.expiresAt === undefined ? null : new Date(call.body.expiresAt),
      revokedAt: null,
    };
    const row = { ...key, tenantId: call.tenantId, keyHash: hashOf(secret) };
    await inTenant(this.database, call.tenantId, (tx) => addApiKey(tx, row));
    return { apiKey: toResponse(key), key: secret };
  }

  @Route(revokeApiKeyEndpoint)
  async revoke(@Call() call: Call<typeof revokeApiKeyEndpoint>): Promise<void> {
    const { tenantId, params } = call;
    const isKnown = await inTenant(this.database, tenantId, (tx) =>
      revokeApiKey(tx, params.id, this.chance.now()),
    );
    if (!isKnown) throw new ProblemError(notFound);
  }
}

function toResponse(key: ApiKey): Response<typeof createApiKeyEndpoint>['apiKey'] {
  const { id, name, prefix, scopes, createdBy } = key;
  return {
    id,
    name,
    prefix,
    scopes: [...scopes],
    createdBy,
    createdAt: key.createdAt.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  };
}
