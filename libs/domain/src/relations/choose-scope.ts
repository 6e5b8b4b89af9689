import { ok, type AdministrationId, type Result } from '../kernel/index.js';
import { atOnceByDefault, type CompareDeps, type CompareRun, type CompareTx } from './compare-command.js';
import { loadAdministrations } from './members.js';
import type { AccountScope } from './source-relations.port.js';

/** Which accounts are compared with each other at once. */
export interface AtOnce {
  /** Null: all. */
  readonly scope: AccountScope | null;
  /** How many accounts these are. */
  readonly expected: number;
  /** How many accounts the tenant has. */
  readonly present: number;
}

/**
 * All accounts, or where those are too many as many whole administrations as fit, in the order of selection: the leading one first. Of a
 * first administration that does not fit by itself the first accounts by id. The same again after a crash.
 */
export async function chooseScope(deps: CompareDeps, { tenantId }: CompareRun): Promise<AtOnce> {
  const { allUpTo, elseUpTo } = deps.accountsAtOnce ?? atOnceByDefault;
  const chosen = await deps.uow.run(tenantId, async (tx): Promise<Result<AtOnce, never>> => {
    const counts = await tx.sourceRelations.countPresent();
    const present = [...counts.values()].reduce((sum, count) => sum + count, 0);
    if (present <= allUpTo) return ok({ scope: null, expected: present, present });
    const scope = await scopeUpTo(tx, counts, elseUpTo);
    const inside = scope.administrationIds.reduce((sum, id) => sum + (counts.get(id) ?? 0), 0);
    return ok({ scope, expected: Math.min(inside, elseUpTo), present });
  });
  return chosen.ok ? chosen.value : { scope: null, expected: 0, present: 0 }; // never: reading has no expected failure
}

async function scopeUpTo(
  tx: CompareTx,
  counts: ReadonlyMap<AdministrationId, number>,
  max: number,
): Promise<AccountScope> {
  const administrations = [...(await loadAdministrations(tx)).values()]
    .filter(({ id }) => counts.has(id))
    .sort((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1));
  const fitting: AdministrationId[] = [];
  let left = max;
  for (const { id } of administrations) {
    left -= counts.get(id) ?? 0;
    if (left < 0) break;
    fitting.push(id);
  }
  const [first] = administrations;
  if (fitting.length > 0 || !first) return { administrationIds: fitting, upTo: null };
  return { administrationIds: [first.id], upTo: (await tx.sourceRelations.findNth(first.id, max)) ?? null };
}

/** Whether the scope has an account. */
export function isInScope(
  { administrationIds, upTo }: AccountScope,
  account: { readonly id: string; readonly administrationId: string },
): boolean {
  const isChosen = administrationIds.some((id) => id === account.administrationId);
  return isChosen && (upTo === null || account.id <= upTo);
}
