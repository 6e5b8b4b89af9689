import { inject, signal, type Signal } from '@angular/core';
import {
  continueSyncRunEndpoint,
  pauseSyncRunEndpoint,
  retryStepEndpoint,
  type SyncRun,
} from '@koppel/contracts';
import { injectCallEndpoint, type CallResult } from '../api/call-endpoint.js';
import type { EndpointRead } from '../api/endpoint-resource.js';
import { Toaster } from '../ui/toaster.js';

export interface RunSteering {
  readonly isBusy: Signal<boolean>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  retry(stepId: string): Promise<void>;
}

/** Pause, continue and retry of the run that is shown; each answer is the run as it is then. */
export function injectRunSteering(read: EndpointRead<SyncRun>): RunSteering {
  const call = injectCallEndpoint();
  const toaster = inject(Toaster);
  const isBusy = signal(false);
  const steer = async (
    work: (id: string) => Promise<CallResult<typeof pauseSyncRunEndpoint | typeof retryStepEndpoint>>,
  ) => {
    const id = read.value()?.id;
    if (id === undefined || isBusy()) return;
    isBusy.set(true);
    const result = await work(id);
    isBusy.set(false);
    if (result.ok) read.set(result.value);
    else toaster.showProblem(result.problem);
  };
  return {
    isBusy,
    pause: () => steer((id) => call(pauseSyncRunEndpoint, { params: { id } })),
    resume: () => steer((id) => call(continueSyncRunEndpoint, { params: { id } })),
    retry: (stepId) => steer((id) => call(retryStepEndpoint, { params: { id, stepId } })),
  };
}
