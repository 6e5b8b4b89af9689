import { httpResource } from '@angular/common/http';
import { computed, inject, linkedSignal, type Signal } from '@angular/core';
import type { EndpointShape, Response } from '@koppel/contracts';
import { toApiProblem, type ApiProblem } from './api-problem.js';
import type { ReadInput } from './endpoint-input.js';
import { partsOf, pathOf, queryOf } from './endpoint-url.js';
import { Freshness } from './freshness.js';

/** A read of an endpoint: at any time it has a value, a problem, both (a reload failed) or neither (loading). */
export interface EndpointRead<T> {
  readonly value: Signal<T | undefined>;
  readonly problem: Signal<ApiProblem | undefined>;
  readonly isLoading: Signal<boolean>;
  reload(): void;
  /** Shows an answer that came another way, such as from a mutation or an event. */
  set(value: T): void;
}

/** Whether the last value stays in view until the answer to another input is there, or fails to come. */
interface Staying {
  readonly keepsLast: boolean;
}

/** Reads an endpoint again whenever the signals in `input` change; `undefined` reads nothing. */
export function endpointResource<E extends EndpointShape>(
  endpoint: E,
  input: () => ReadInput<E> | undefined,
  { keepsLast }: Staying = { keepsLast: true },
): EndpointRead<Response<E>> {
  const ref = httpResource<Response<E>>(
    () => {
      const asked = input();
      if (!asked) return undefined;
      const parts = partsOf(asked);
      return { url: pathOf(endpoint, parts.params), params: queryOf(parts.query) };
    },
    { parse: (raw) => endpoint.response.parse(raw) as Response<E> },
  );
  inject(Freshness).join(() => void ref.reload());
  const value = linkedSignal<Response<E> | undefined, Response<E> | undefined>({
    source: () => (ref.hasValue() ? ref.value() : undefined),
    computation: (source, previous) => source ?? (keepsLast ? previous?.value : undefined),
  });
  return {
    value,
    problem: computed(() => {
      const error = ref.error();
      return error && toApiProblem(error);
    }),
    isLoading: ref.isLoading,
    reload: () => void ref.reload(),
    set: (next) => value.set(next),
  };
}
