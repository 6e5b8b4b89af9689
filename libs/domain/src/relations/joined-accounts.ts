import { ok, type RelationId, type Result, type SourceRelationId, type TenantId } from '../kernel/index.js';
import type { CompareDeps } from './compare-command.js';
import type { JoinedAccounts } from './links.port.js';
import type { Judgement } from './matching/index.js';
import type { AccountScope } from './source-relations.port.js';

/** Relations per read of what is joined already; a tenant has at most a million accounts (50 administrations of 20,000). */
const relationsPerRead = 10_000;
const readsMax = 1_000;

/** The links that stand between accounts of the scope, which outrank a score as what persons decided does. */
export async function loadJoined(
  deps: CompareDeps,
  tenantId: TenantId,
  scope: AccountScope | null,
): Promise<Judgement[]> {
  const judgements: Judgement[] = [];
  let after: RelationId | null = null;
  for (let read = 0; read < readsMax; read += 1) {
    const place: RelationId | null = after;
    const page: Result<JoinedAccounts[], never> = await deps.uow.run(tenantId, async (tx) =>
      ok(await tx.links.findJoined(place, relationsPerRead, scope)),
    );
    if (!page.ok) break; // never: reading has no expected failure
    for (const { sourceRelationIds } of page.value) judgements.push(...sameAsFirst(sourceRelationIds));
    after = page.value.at(-1)?.relationId ?? null;
    if (page.value.length < relationsPerRead) break;
  }
  return judgements;
}

/** Accounts of one relation, as judgements. */
export function sameAsFirst([first, ...others]: readonly SourceRelationId[]): Judgement[] {
  return first === undefined ? [] : others.map((other) => ({ a: first, b: other, verdict: 'same' }));
}
