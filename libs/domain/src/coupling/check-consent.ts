import { isEngaged, isUsable, type AdministrationsTx, type ConnectionsTx } from '../administrations/index.js';
import { ok, type Deps, type TenantId } from '../kernel/index.js';
import type { ExchangedConsent } from './consent.js';

/** Why a consent is not taken: it is another user's who reaches none of the same books, or nobody could tell. */
export type ConsentRefusal = 'exact-user-differs' | 'exact-unavailable';

/**
 * Judges a new consent before its tokens take the place of tokens that work (E15, F81); undefined when they may. A connection without
 * working tokens has nothing to lose: its consent is judged when its administrations are listed.
 */
export async function checkConsent(
  deps: Deps<AdministrationsTx & ConnectionsTx>,
  { tenantId, region }: { readonly tenantId: TenantId; readonly region: string },
  consent: ExchangedConsent,
): Promise<ConsentRefusal | undefined> {
  const atStake = await whatIsAtStake(deps, tenantId, region);
  if (!atStake) return undefined;
  const seen = await consent.look();
  if (!seen.ok) return seen.error.kind;
  if (seen.value.exactUserId === atStake.exactUserId) return undefined;
  const opens = await seen.value.opensAny(atStake.divisions);
  if (!opens.ok) return opens.error.kind;
  return opens.value ? undefined : 'exact-user-differs';
}

interface AtStake {
  readonly exactUserId: string;
  readonly divisions: readonly number[];
}

async function whatIsAtStake(
  deps: Deps<AdministrationsTx & ConnectionsTx>,
  tenantId: TenantId,
  region: string,
): Promise<AtStake | undefined> {
  const found = await deps.uow.run<AtStake | undefined, never>(tenantId, async (tx) => {
    const connection = await tx.connections.findByRegion(region);
    if (!connection || !isUsable(connection) || connection.exactUserId === '') return ok(undefined);
    const coupled = (await tx.administrations.findMany()).filter(
      (one) => one.region === region && isEngaged(one),
    );
    if (coupled.length === 0) return ok(undefined);
    return ok({
      exactUserId: connection.exactUserId,
      divisions: coupled.map(({ division }) => division),
    });
  });
  return found.ok ? found.value : undefined;
}
