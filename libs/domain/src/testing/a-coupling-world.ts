import type { Administration, Connection } from '../administrations/index.js';
import {
  newCoupling,
  type Consent,
  type ConsentsElsewhere,
  type Coupling,
  type ExchangedConsent,
  type GivenConsent,
} from '../coupling/index.js';
import { asId, err, ok, type Actor, type Result, type TenantId } from '../kernel/index.js';
import type { Master } from '../settings/index.js';
import type { WriteIntent, WriteIntents } from '../sync/index.js';
import { someSealedTokens } from './a-connection.js';
import { aRelationsWorld, type RelationsWorld } from './a-relations-world.js';
import { InMemoryAdministrations } from './in-memory-administrations.js';
import { InMemoryAuthorisationAttempts } from './in-memory-authorisation-attempts.js';
import { InMemoryConnections } from './in-memory-connections.js';
import { InMemoryCouplings } from './in-memory-couplings.js';
import { InMemoryIssues } from './in-memory-issues.js';
import { InMemoryOutbox } from './in-memory-outbox.js';
import { InMemorySettings } from './in-memory-settings.js';
import { InMemoryUnitOfWork } from './in-memory-unit-of-work.js';
import { sequentialIds } from './sequential-ids.js';

/** Exact's consent in memory: every code is good once; `refusesWith` makes it refuse. */
export class InMemoryConsent implements Consent {
  readonly codes: string[] = [];
  refusesWith: 'code-refused' | 'exact-unavailable' | undefined;
  regions: readonly string[] = ['nl', 'be'];
  /** Who consents, and what that opens. */
  user = { id: 'exact-user-1', divisions: [] as readonly number[] };
  cannotLook = false;

  authorisationUrl(request: { region: string; state: string; forceLogin: boolean }): string | undefined {
    if (!this.regions.includes(request.region)) return undefined;
    return `https://exact.example/${request.region}?state=${request.state}`;
  }

  async exchange(request: {
    code: string;
  }): Promise<Result<ExchangedConsent, { readonly kind: 'code-refused' | 'exact-unavailable' }>> {
    this.codes.push(request.code);
    if (this.refusesWith) return err({ kind: this.refusesWith });
    return ok({
      clientId: 'client',
      seal: ({ connectionId }) => someSealedTokens(`${request.code} for ${connectionId}`),
      look: () => this.look(),
    });
  }

  private async look(): ReturnType<ExchangedConsent['look']> {
    if (this.cannotLook) return err({ kind: 'exact-unavailable' });
    const { id, divisions } = this.user;
    return ok({
      exactUserId: id,
      opensAny: async (wanted) => ok(wanted.some((each) => divisions.includes(each))),
    });
  }
}

/** Other organisations in memory: the Exact users who carry their connections. */
export class InMemoryConsentsElsewhere implements ConsentsElsewhere {
  readonly users = new Set<string>();
  /** Whose tokens were given back. */
  readonly givenBack: string[] = [];

  async giveBack({ exactUserId }: GivenConsent): Promise<boolean> {
    const isCarried = this.users.has(exactUserId);
    if (isCarried) this.givenBack.push(exactUserId);
    return isCarried;
  }
}

/** A tenant at some point of its coupling, with everything in memory. `clock.now` may be moved. */
export function aCouplingWorld(
  of: {
    coupling?: Partial<Coupling>;
    administrations?: readonly Administration[];
    connections?: readonly Connection[];
    masters?: readonly Master[];
    relations?: RelationsWorld;
  } = {},
) {
  const clock = { now: new Date('2026-11-25T09:00:00Z') };
  const newId = sequentialIds(1_000);
  const coupling = of.coupling && { ...newCoupling('connect', clock.now), ...of.coupling };
  const relationsWorld = of.relations ?? aRelationsWorld(0);
  const { relations, links, sourceRelations, sourceParts, conflicts, proposals } = relationsWorld;
  const { syncPolicy, missingAccounts } = relationsWorld;
  const writeIntents: WriteIntents & { all(): WriteIntent[]; readonly written: number } =
    relationsWorld.writeIntents;
  const tx = {
    relations,
    links,
    sourceRelations,
    sourceParts,
    conflicts,
    proposals,
    writeIntents,
    syncPolicy,
    missingAccounts,
    couplings: new InMemoryCouplings(coupling),
    connections: new InMemoryConnections(of.connections),
    administrations: new InMemoryAdministrations(of.administrations),
    authorisationAttempts: new InMemoryAuthorisationAttempts(),
    issues: new InMemoryIssues(newId),
    settings: new InMemorySettings(of.masters),
    outbox: new InMemoryOutbox(),
  };
  const consent = new InMemoryConsent();
  const elsewhere = new InMemoryConsentsElsewhere();
  const deps = { uow: new InMemoryUnitOfWork(tx), now: () => clock.now, newId, consent, elsewhere };
  const tenantId = asId<TenantId>('00000000-0000-7000-8000-000000000001');
  const actor: Actor = { id: 'user-1', name: 'Anneke', kind: 'person' };
  return { ...tx, clock, consent, elsewhere, deps, tenantId, actor };
}
