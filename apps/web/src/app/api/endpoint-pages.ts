import { computed, effect, signal, untracked, type Signal } from '@angular/core';
import type { EndpointShape, Response } from '@koppel/contracts';
import type { ApiProblem } from './api-problem.js';
import { injectCallEndpoint } from './call-endpoint.js';
import type { EndpointInput, ReadInput } from './endpoint-input.js';
import { endpointResource, type EndpointRead } from './endpoint-resource.js';

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** A keyset list that grows by "more": the first page follows the query, later pages are added below it. */
export interface EndpointPages<T, P> {
  readonly first: EndpointRead<P>;
  readonly items: Signal<readonly T[]>;
  readonly hasMore: Signal<boolean>;
  readonly isLoadingMore: Signal<boolean>;
  readonly moreProblem: Signal<ApiProblem | undefined>;
  loadMore(): Promise<void>;
  reload(): void;
}

type PagedEndpoint<T> = EndpointShape & { readonly response: { readonly _zod: { output: Page<T> } } };

/** Reads a list endpoint page by page; a changed query begins again at the first page. */
export function endpointPages<T, E extends PagedEndpoint<T>>(
  endpoint: E,
  input: () => ReadInput<E>,
): EndpointPages<Response<E>['items'][number], Response<E>> {
  type Item = Response<E>['items'][number];
  const call = injectCallEndpoint();
  const first = endpointResource(endpoint, input);
  const later = signal<readonly Page<Item>[]>([]);
  const isLoadingMore = signal(false);
  const moreProblem = signal<ApiProblem | undefined>(undefined);
  effect(() => {
    first.value();
    untracked(() => later.set([]));
  });
  const last = computed<Page<Item> | undefined>(() => later().at(-1) ?? first.value());
  return {
    first,
    items: computed(() => [...(first.value()?.items ?? []), ...later().flatMap((page) => page.items)]),
    hasMore: computed(() => (last()?.nextCursor ?? null) !== null),
    isLoadingMore,
    moreProblem,
    reload: () => first.reload(),
    loadMore: async () => {
      const cursor = last()?.nextCursor;
      if (!cursor || isLoadingMore()) return;
      isLoadingMore.set(true);
      const begun = first.value();
      const asked = untracked(input) as { query?: object };
      // The same input with a cursor is again an input of this endpoint.
      const result = await call(endpoint, {
        ...asked,
        query: { ...asked.query, cursor },
      } as unknown as EndpointInput<E>);
      isLoadingMore.set(false);
      moreProblem.set(result.ok ? undefined : result.problem);
      if (result.ok && begun === first.value()) later.update((pages) => [...pages, result.value]);
    },
  };
}
