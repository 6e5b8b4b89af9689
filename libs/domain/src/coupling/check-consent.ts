import { isEngaged, isUsable, type AdministrationsTx, type ConnectionsTx } from '../administrations/index.js';
import { err, ok, type Deps, type Result, type TenantId } from '../kernel/index.js';
import type { ExchangedConsent, SeenConsent } from './consent.js';
import type { ConsentsElsewhere, TokenOwner } from './consents-elsewhere.js';

/**
 * Why a consent is not taken: its user carries another organisation's connection, it is another user's who reaches none of the same books, or
 * nobody could tell.
 */
export type ConsentRefusal = 'exact-user-elsewhere' | 'exact-user-differs' | 'exact-unavailable';

export type CheckConsentDeps = Deps<AdministrationsTx & ConnectionsTx> & {
  readonly elsewhere: ConsentsElsewhere;
};

interface Given {
  readonly tenantId: TenantId;
  readonly region: string;
}

type Checked = Result<{ readonly exactUserId: string | undefined }, { readonly kind: ConsentRefusal }>;

/**
 * Judges a new consent before its tokens take the place of tokens that work (E15, F81), here or in another organisation; says whose it is. A
 * connection without working tokens has nothing to lose: when Exact cannot be asked, its consent is judged when its administrations are listed.
 */
export async function checkConsent(
  deps: CheckConsentDeps,
  given: Given,
  consent: ExchangedConsent,
): Promise<Checked> {
  const atStake = await whatIsAtStake(deps, given);
  const seen = await consent.look();
  if (!seen.ok) return atStake ? seen : ok({ exactUserId: undefined });
  const { exactUserId } = seen.value;
  const { clientId } = consent;
  const seal = (owner: TokenOwner) => consent.seal(owner);
  if (await deps.elsewhere.giveBack({ ...given, clientId, exactUserId, seal }))
    return err({ kind: 'exact-user-elsewhere' });
  const refusal = atStake && (await refusalHere(seen.value, atStake));
  return refusal ? err({ kind: refusal }) : ok({ exactUserId });
}

async function refusalHere(seen: SeenConsent, atStake: AtStake): Promise<ConsentRefusal | undefined> {
  if (seen.exactUserId === atStake.exactUserId) return undefined;
  const opens = await seen.opensAny(atStake.divisions);
  if (!opens.ok) return opens.error.kind;
  return opens.value ? undefined : 'exact-user-differs';
}

interface AtStake {
  readonly exactUserId: string;
  readonly divisions: readonly number[];
}

async function whatIsAtStake(
  deps: CheckConsentDeps,
  { tenantId, region }: Given,
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
