import { Controller, Inject } from '@nestjs/common';
import {
  listAdministrationsEndpoint,
  refreshAdministrationsEndpoint,
  setAdministrationStateEndpoint,
  type Administration,
  type Response,
} from '@koppel/contracts';
import { requestListing, setAdministrationState, type Connection } from '@koppel/domain/administrations';
import { asId, type AdministrationId, type Deps } from '@koppel/domain/kernel';
import { inTenant, type Database, type FullTransaction } from '@koppel/persistence';
import { readAdministrations } from '@koppel/persistence/read';
import { toAdministrationResponse } from '../coupling/coupling-response.js';
import { Call } from '../http/call.js';
import { Route } from '../http/route.js';
import { unwrap } from '../http/unwrap.js';
import { DATABASE, DEPS } from '../tokens.js';

/** A list that was asked for longer ago is not waited for any more. */
const listingMaxMs = 5 * 60_000;

@Controller()
export class AdministrationsController {
  constructor(
    @Inject(DEPS) private readonly deps: Deps<FullTransaction>,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  @Route(listAdministrationsEndpoint)
  async list(
    @Call() call: Call<typeof listAdministrationsEndpoint>,
  ): Promise<Response<typeof listAdministrationsEndpoint>> {
    const { all, connections } = await inTenant(this.database, call.tenantId, (tx) =>
      readAdministrations(tx, call.tenantId),
    );
    const now = this.deps.now().getTime();
    const isListing = connections.some(
      ({ listRequestedAt }) => listRequestedAt && now - listRequestedAt.getTime() < listingMaxMs,
    );
    return { items: all.map(toAdministrationResponse), isListing, listedAt: newestListing(connections) };
  }

  @Route(refreshAdministrationsEndpoint)
  async refresh(@Call() call: Call<typeof refreshAdministrationsEndpoint>): Promise<void> {
    unwrap(refreshAdministrationsEndpoint, await requestListing(this.deps, { tenantId: call.tenantId }));
  }

  @Route(setAdministrationStateEndpoint)
  async setState(@Call() call: Call<typeof setAdministrationStateEndpoint>): Promise<Administration> {
    const { tenantId, params, body } = call;
    const administrationId = asId<AdministrationId>(params.id);
    const changed = await setAdministrationState(this.deps, { tenantId, administrationId, ...body });
    return toAdministrationResponse(unwrap(setAdministrationStateEndpoint, changed));
  }
}

function newestListing(connections: readonly Connection[]): string | null {
  const moments = connections.flatMap((one) => one.listedAt?.getTime() ?? []);
  return moments.length === 0 ? null : new Date(Math.max(...moments)).toISOString();
}
