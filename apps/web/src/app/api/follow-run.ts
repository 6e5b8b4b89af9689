import { DestroyRef, effect, inject, signal, type Signal } from '@angular/core';
import { getSyncRunEndpoint, syncRun, syncRunEventsPath, type SyncRun } from '@koppel/contracts';
import { endpointResource, type EndpointRead } from './endpoint-resource.js';
import { pathOf } from './endpoint-url.js';

/** How long a dead event stream is left alone before the run is asked for again. */
const pollMs = 3_000;

/** Reads a run and follows it by server-sent events until it ends; falls back to asking when the stream is cut. */
export function followRun(
  runId: Signal<string | undefined>,
): EndpointRead<SyncRun> & { readonly isLive: Signal<boolean> } {
  const isLive = signal(false);
  const read = endpointResource(getSyncRunEndpoint, () => {
    const id = runId();
    return id === undefined ? undefined : { params: { id } };
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect((onCleanup) => {
    const id = runId();
    if (id === undefined || typeof EventSource === 'undefined') return;
    const source = new EventSource(pathOf({ path: syncRunEventsPath }, { id }));
    source.addEventListener('open', () => isLive.set(true));
    source.addEventListener('run', (event: MessageEvent<string>) => {
      const run = syncRun.parse(JSON.parse(event.data));
      read.set(run);
      if (run.endedAt !== null) source.close();
    });
    source.addEventListener('error', () => {
      isLive.set(false);
      if ((read.value()?.endedAt ?? null) !== null) return source.close();
      clearTimeout(timer);
      timer = setTimeout(() => read.reload(), pollMs);
    });
    onCleanup(() => source.close());
  });
  inject(DestroyRef).onDestroy(() => clearTimeout(timer));
  return { ...read, isLive };
}
