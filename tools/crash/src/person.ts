import type { sql } from 'drizzle-orm';
import type { Actor, TenantId } from '@koppel/domain/kernel';
import { inTenant } from '@koppel/persistence';
import type { Services } from '@koppel/worker/handlers';

/** Whoever clicks. */
export const anna: Actor = { id: 'anna', name: 'Anna', kind: 'person' };

/** What a person can see; reading is no effect, so it is no crash point. */
export async function read<Row extends Record<string, unknown>>(
  { database }: Services,
  tenantId: TenantId,
  query: ReturnType<typeof sql>,
): Promise<Row[]> {
  return inTenant(database, tenantId, async (tx) => [...(await tx.execute<Row>(query))] as Row[]);
}

/** The value of a result; throws on a refusal, since a person who acts again is never refused. */
export function expectOk<T>(result: { ok: true; value: T } | { ok: false; error: { kind: string } }): T {
  if (!result.ok) throw new Error(`refused: ${result.error.kind}`);
  return result.value;
}
