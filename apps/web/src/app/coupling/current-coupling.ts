import { computed, inject, Injectable } from '@angular/core';
import { getCouplingEndpoint, type Coupling } from '@koppel/contracts';
import { endpointResource } from '../api/endpoint-resource.js';
import { CurrentSession } from '../session/current-session.js';

/** The coupling as the shell's banner, the stepper and the step pages all show it. Lives as long as the shell. */
@Injectable()
export class CurrentCoupling {
  readonly #session = inject(CurrentSession);
  readonly read = endpointResource(getCouplingEndpoint, () =>
    this.#session.tenant()?.isFeatureEnabled ? {} : undefined,
  );
  readonly value = this.read.value;
  readonly connection = computed(() => {
    const connections = this.value()?.connections ?? [];
    return connections.find((each) => each.state === 'active') ?? connections[0];
  });

  set(coupling: Coupling): void {
    this.read.set(coupling);
  }

  reload(): void {
    this.read.reload();
  }
}
