import { setTimeout as pause } from 'node:timers/promises';
import { Controller, Inject } from '@nestjs/common';
import {
  authorisationUnknown,
  beginConnectionEndpoint,
  completeConnectionEndpoint,
  disconnectEndpoint,
  type Connection,
  type Response,
} from '@koppel/contracts';
import type { Connection as Completed } from '@koppel/domain/administrations';
import {
  beginConnection,
  completeConnection,
  disconnect,
  type CompleteConnection,
  type Consents,
} from '@koppel/domain/coupling';
import { asId, type ConnectionId, type Deps } from '@koppel/domain/kernel';
import { hashOf, type FullTransaction } from '@koppel/persistence';
import type { Chance } from '../deps.js';
import { Call } from '../http/call.js';
import { ProblemError } from '../http/problem-error.js';
import { Route } from '../http/route.js';
import { unwrap } from '../http/unwrap.js';
import type { Caller } from '../session/caller.js';
import { CHANCE, CONSENTS, DEPS } from '../tokens.js';
import { toConnectionResponse } from './coupling-response.js';

/** A reloaded callback page may arrive while the first one still waits for Exact's token endpoint (15 s at most). */
const waitsMax = 40;
const waitMs = 500;

@Controller()
export class ConnectionsController {
  constructor(
    @Inject(DEPS) private readonly deps: Deps<FullTransaction>,
    @Inject(CONSENTS) private readonly consents: Consents,
    @Inject(CHANCE) private readonly chance: Chance,
  ) {}

  @Route(beginConnectionEndpoint)
  async begin(
    @Call() call: Call<typeof beginConnectionEndpoint>,
  ): Promise<Response<typeof beginConnectionEndpoint>> {
    const state = this.chance.newSecret();
    const begun = await beginConnection(
      { ...this.deps, consent: this.consents.consent },
      {
        tenantId: call.tenantId,
        region: call.body.region,
        forceLogin: call.body.forceLogin ?? false,
        state,
        stateHash: hashOf(state),
        ...bindingOf(call.caller),
      },
    );
    return unwrap(beginConnectionEndpoint, begun);
  }

  @Route(completeConnectionEndpoint)
  async complete(@Call() call: Call<typeof completeConnectionEndpoint>): Promise<Connection> {
    const { state, code, error } = call.body;
    const completed = await this.completeOrWait({
      tenantId: call.tenantId,
      actor: call.actor,
      stateHash: hashOf(state),
      sessionHash: bindingOf(call.caller).sessionHash,
      ...(code === undefined ? {} : { code }),
      ...(error === undefined ? {} : { error }),
    });
    return toConnectionResponse(completed);
  }

  @Route(disconnectEndpoint)
  async disconnect(@Call() call: Call<typeof disconnectEndpoint>): Promise<void> {
    const connectionId = asId<ConnectionId>(call.params.id);
    unwrap(disconnectEndpoint, await disconnect(this.deps, { tenantId: call.tenantId, connectionId }));
  }

  private async completeOrWait(command: CompleteConnection): Promise<Completed> {
    for (let count = 0; count < waitsMax; count += 1) {
      const completed = await completeConnection({ ...this.deps, ...this.consents }, command);
      if (completed.ok) return completed.value;
      const { error } = completed;
      if (error.kind !== 'authorisation-in-progress')
        return unwrap(completeConnectionEndpoint, { ok: false as const, error });
      await pause(waitMs);
    }
    throw new ProblemError(authorisationUnknown);
  }
}

/** What a consent is bound to: the browser's session, or the API key that began it. */
function bindingOf(caller: Caller): { readonly sessionHash: string; readonly userId: string } {
  if (caller.session) return { sessionHash: caller.session.idHash, userId: caller.session.userId };
  return { sessionHash: hashOf(caller.actor.id), userId: caller.actor.id.replace(/^api-key:/, '') };
}
