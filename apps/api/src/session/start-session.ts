import { inSystem, type Database } from '@koppel/persistence';
import { deleteEndedSessions, findMemberships, findUser } from '@koppel/persistence/tenancy';
import { invariant } from '@koppel/domain/kernel';
import type { Session } from '@koppel/contracts';
import type { FastifyRequest } from 'fastify';

/** Gives the browser a new session id, whatever it came with, and puts the user in it. Who has one tenant works in it. */
export async function startSession(
  request: FastifyRequest,
  userId: string,
  of: { database: Database; now: Date },
) {
  const memberships = await inSystem(of.database, async (tx) => {
    await deleteEndedSessions(tx, of.now);
    return findMemberships(tx, userId);
  });
  await request.session.regenerate();
  request.session.userId = userId;
  request.session.signedInAt = of.now.getTime();
  if (memberships.length === 1 && memberships[0]) request.session.tenantId = memberships[0].tenantId;
}

/** The session as the contract shows it. */
export async function toSessionResponse(request: FastifyRequest, database: Database): Promise<Session> {
  const { userId, tenantId } = request.session;
  invariant(userId !== undefined, 'the guard lets nobody in without a user');
  return inSystem(database, async (tx) => {
    const user = await findUser(tx, userId);
    invariant(user, 'the guard found the user');
    const memberships = await findMemberships(tx, userId);
    const { id, email, name, locale, isOperator } = user;
    return {
      user: { id, email, name, locale, isOperator },
      tenants: memberships.map((one) => ({
        id: one.tenantId,
        name: one.tenantName,
        role: one.role,
        isFeatureEnabled: one.isFeatureEnabled,
      })),
      currentTenantId: memberships.some((one) => one.tenantId === tenantId) ? (tenantId ?? null) : null,
    };
  });
}
