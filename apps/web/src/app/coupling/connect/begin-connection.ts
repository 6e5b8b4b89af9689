import { DOCUMENT, inject, signal, type Signal } from '@angular/core';
import { beginConnectionEndpoint, type Region } from '@koppel/contracts';
import type { ApiProblem } from '../../api/api-problem.js';
import { injectCallEndpoint } from '../../api/call-endpoint.js';

export interface BeginConnection {
  readonly isLeaving: Signal<boolean>;
  readonly problem: Signal<ApiProblem | undefined>;
  /** Leaves for Exact's consent page; `forceLogin` lets another Exact user sign in there. */
  begin(region: Region, forceLogin?: boolean): Promise<void>;
}

/** The road to Exact's consent page, shared by the connect step, the callback and the management page. */
export function injectBeginConnection(): BeginConnection {
  const call = injectCallEndpoint();
  const { location } = inject(DOCUMENT);
  const isLeaving = signal(false);
  const problem = signal<ApiProblem | undefined>(undefined);
  return {
    isLeaving,
    problem,
    begin: async (region, forceLogin = false) => {
      isLeaving.set(true);
      problem.set(undefined);
      const result = await call(beginConnectionEndpoint, { body: { region, forceLogin } });
      if (result.ok) return location.assign(result.value.authorisationUrl);
      isLeaving.set(false);
      problem.set(result.problem);
    },
  };
}
