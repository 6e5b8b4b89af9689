import { asId, isId } from '@koppel/domain/kernel';
import { hashOf, inSystem, type Database } from '@koppel/persistence';
import {
  findApiKeyByHash,
  findMemberships,
  findSession,
  findUser,
  touchApiKey,
} from '@koppel/persistence/tenancy';
import type { FastifyRequest } from 'fastify';
import type { Chance } from '../deps.js';
import { strongest, type Caller } from './caller.js';

const apiKeyPattern = /^Bearer (kpl_live_[\w-]{43})$/;
/** `last used` of a key is written at most this often. */
const touchEveryMs = 60_000;

/** Finds out who is behind a request. An Authorization header counts alone: no cookie is looked at beside it. */
export class Callers {
  constructor(
    private readonly database: Database,
    private readonly chance: Chance,
  ) {}

  async find(request: FastifyRequest): Promise<Caller | undefined> {
    const authorization = request.headers.authorization;
    if (authorization !== undefined) return this.byApiKey(authorization);
    const { userId, tenantId } = request.session;
    if (!userId) return undefined;
    return this.byUser({ userId, tenantId, sessionHash: hashOf(request.session.sessionId) });
  }

  /** The same for a request that is still being answered: its session may have ended since. */
  async findAgain(request: FastifyRequest): Promise<Caller | undefined> {
    if (request.headers.authorization === undefined) {
      const idHash = hashOf(request.session.sessionId);
      const session = await inSystem(this.database, (tx) => findSession(tx, idHash, this.chance.now()));
      if (!session) return undefined;
    }
    return this.find(request);
  }

  private async byApiKey(authorization: string): Promise<Caller | undefined> {
    const secret = apiKeyPattern.exec(authorization)?.[1];
    if (secret === undefined) return undefined;
    const now = this.chance.now();
    return inSystem(this.database, async (tx) => {
      const key = await findApiKeyByHash(tx, hashOf(secret));
      if (!key || key.revokedAt || (key.expiresAt && key.expiresAt <= now)) return undefined;
      await touchApiKey(tx, key.id, { at: now, before: new Date(now.getTime() - touchEveryMs) });
      return {
        actor: { id: `api-key:${key.id}`, name: key.name, kind: 'api-key' },
        tenant: { id: key.tenantId, role: strongest(key.scopes), isFeatureEnabled: key.isFeatureEnabled },
        isOperator: false,
        session: undefined,
      };
    });
  }

  private async byUser(of: { userId: string; tenantId: string | undefined; sessionHash: string }) {
    return inSystem(this.database, async (tx): Promise<Caller | undefined> => {
      const user = await findUser(tx, of.userId);
      if (!user) return undefined;
      const tenantId = of.tenantId !== undefined && isId(of.tenantId) ? asId<never>(of.tenantId) : undefined;
      const memberships = tenantId === undefined ? [] : await findMemberships(tx, user.id);
      const membership = memberships.find((one) => one.tenantId === tenantId);
      return {
        actor: { id: user.id, name: user.name, kind: 'person' },
        tenant: membership && {
          id: membership.tenantId,
          role: membership.role,
          isFeatureEnabled: membership.isFeatureEnabled,
        },
        isOperator: user.isOperator,
        session: { userId: user.id, idHash: of.sessionHash },
      };
    });
  }
}
