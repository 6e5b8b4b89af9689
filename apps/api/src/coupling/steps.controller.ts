import { Controller, Inject } from '@nestjs/common';
import {
  activateCouplingEndpoint,
  confirmCouplingEndpoint,
  finishMatchEndpoint,
  finishSynchroniseEndpoint,
  getCouplingEndpoint,
  readChangesEndpoint,
  setAccountCreationEndpoint,
  setResyncIntervalEndpoint,
  type Coupling,
  type Response,
} from '@koppel/contracts';
import {
  activateCoupling,
  confirmCoupling,
  finishMatch,
  finishSynchronise,
  readChanges,
  setAccountCreation,
  setResyncInterval,
} from '@koppel/domain/coupling';
import type { Deps } from '@koppel/domain/kernel';
import type { FullTransaction } from '@koppel/persistence';
import { Call } from '../http/call.js';
import { Route } from '../http/route.js';
import { unwrap } from '../http/unwrap.js';
import { DEPS } from '../tokens.js';
import { CouplingPage } from './coupling-page.js';

@Controller()
export class StepsController {
  constructor(
    @Inject(DEPS) private readonly deps: Deps<FullTransaction>,
    @Inject(CouplingPage) private readonly page: CouplingPage,
  ) {}

  @Route(getCouplingEndpoint)
  get(@Call() call: Call<typeof getCouplingEndpoint>): Promise<Coupling> {
    return this.page.read(call.tenantId);
  }

  @Route(confirmCouplingEndpoint)
  async confirm(
    @Call() call: Call<typeof confirmCouplingEndpoint>,
  ): Promise<Response<typeof confirmCouplingEndpoint>> {
    const { tenantId, actor, body } = call;
    return unwrap(
      confirmCouplingEndpoint,
      await confirmCoupling(this.deps, { tenantId, actor, text: body.text }),
    );
  }

  @Route(finishSynchroniseEndpoint)
  async finishSynchronise(@Call() call: Call<typeof finishSynchroniseEndpoint>): Promise<Coupling> {
    unwrap(finishSynchroniseEndpoint, await finishSynchronise(this.deps, call));
    return this.page.read(call.tenantId);
  }

  @Route(finishMatchEndpoint)
  async finishMatch(@Call() call: Call<typeof finishMatchEndpoint>): Promise<Coupling> {
    unwrap(finishMatchEndpoint, await finishMatch(this.deps, call));
    return this.page.read(call.tenantId);
  }

  @Route(readChangesEndpoint)
  async readChanges(
    @Call() call: Call<typeof readChangesEndpoint>,
  ): Promise<Response<typeof readChangesEndpoint>> {
    return unwrap(readChangesEndpoint, await readChanges(this.deps, call));
  }

  @Route(activateCouplingEndpoint)
  async activate(@Call() call: Call<typeof activateCouplingEndpoint>): Promise<Coupling> {
    const { tenantId, actor, body } = call;
    unwrap(activateCouplingEndpoint, await activateCoupling(this.deps, { tenantId, actor, ...body }));
    return this.page.read(tenantId);
  }

  @Route(setResyncIntervalEndpoint)
  async setResyncInterval(@Call() call: Call<typeof setResyncIntervalEndpoint>): Promise<Coupling> {
    const { tenantId, body } = call;
    unwrap(
      setResyncIntervalEndpoint,
      await setResyncInterval(this.deps, { tenantId, minutes: body.minutes }),
    );
    return this.page.read(tenantId);
  }

  @Route(setAccountCreationEndpoint)
  async setAccountCreation(@Call() call: Call<typeof setAccountCreationEndpoint>): Promise<Coupling> {
    const { tenantId, actor, body } = call;
    unwrap(setAccountCreationEndpoint, await setAccountCreation(this.deps, { tenantId, actor, ...body }));
    return this.page.read(tenantId);
  }
}
