import { effect, untracked } from '@angular/core';
import type { EndpointRead } from './endpoint-resource.js';

interface Polling {
  /** How long after an answer, or after none came, to look again; undefined = not any more. */
  readonly afterMs: () => number | undefined;
  readonly look: () => void;
}

/** Looks again and again. A look that fails leaves the last value as it is, which tells nobody that it ended; the loading does. */
export function poll(read: Pick<EndpointRead<unknown>, 'isLoading'>, { afterMs, look }: Polling): void {
  effect((onCleanup) => {
    const ms = afterMs();
    if (ms === undefined || read.isLoading()) return;
    const timer = setTimeout(() => untracked(look), ms);
    onCleanup(() => clearTimeout(timer));
  });
}
