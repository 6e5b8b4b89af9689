import { and, asc, eq, inArray, lt, ne } from 'drizzle-orm';
import { usableStates } from '@koppel/domain/administrations';
import type { ConsentsElsewhere, GivenConsent } from '@koppel/domain/coupling';
import { asId } from '@koppel/domain/kernel';
import { inSystem, type Database, type Tx } from './database.js';
import { nextGeneration, noUnreadAnswer } from './drizzle-connections.js';
import { connections } from './schema/index.js';

/** Consents of all organisations, over Postgres as the system role: no tenant's own role sees another's connection. */
export class DrizzleConsentsElsewhere implements ConsentsElsewhere {
  constructor(private readonly database: Database) {}

  giveBack(given: GivenConsent): Promise<boolean> {
    return inSystem(this.database, async (tx) => {
      const living = await tx
        .select({ id: connections.id, tenantId: connections.tenantId })
        .from(connections)
        .where(isCarriedBy(given))
        .orderBy(asc(connections.accessIssuedAt), asc(connections.id));
      // Of several, all but the one that consented last have died already and do not know it yet.
      const carried = living.at(-1);
      if (carried) await renew(tx, given, carried);
      return carried !== undefined;
    });
  }
}

function isCarriedBy({ tenantId, region, clientId, exactUserId }: GivenConsent) {
  return and(
    ne(connections.tenantId, tenantId),
    eq(connections.region, region),
    eq(connections.clientId, clientId),
    eq(connections.exactUserId, exactUserId),
    inArray(connections.state, usableStates),
  );
}

/** Unless it has newer ones: of two consents at once, the later one's tokens are those that live. */
async function renew(
  tx: Tx,
  given: GivenConsent,
  carried: { readonly id: string; readonly tenantId: string },
): Promise<void> {
  const tokens = given.seal({ tenantId: asId(carried.tenantId), connectionId: asId(carried.id) });
  await tx
    .update(connections)
    .set({ ...tokens, ...noUnreadAnswer, state: 'active', stateReason: null, generation: nextGeneration })
    .where(
      and(
        eq(connections.id, carried.id),
        inArray(connections.state, usableStates),
        lt(connections.accessIssuedAt, tokens.accessIssuedAt),
      ),
    );
}
