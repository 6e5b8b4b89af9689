import { HttpClient } from '@angular/common/http';
import { inject } from '@angular/core';
import type { EndpointShape, ProblemKind, Response } from '@koppel/contracts';
import { firstValueFrom } from 'rxjs';
import { toApiProblem, type ApiProblem, type CommonProblemKind } from './api-problem.js';
import type { EndpointInput } from './endpoint-input.js';
import { partsOf, pathOf, queryOf } from './endpoint-url.js';

export type CallResult<E extends EndpointShape> =
  | { readonly ok: true; readonly value: Response<E> }
  | { readonly ok: false; readonly problem: ApiProblem<ProblemKind<E> | CommonProblemKind> };

export type CallEndpoint = <E extends EndpointShape>(
  endpoint: E,
  input: EndpointInput<E>,
) => Promise<CallResult<E>>;

/** The typed call of an endpoint: resolves with its parsed answer or with a problem of its union; never rejects. */
export function injectCallEndpoint(): CallEndpoint {
  const http = inject(HttpClient);
  return async <E extends EndpointShape>(endpoint: E, input: EndpointInput<E>): Promise<CallResult<E>> => {
    try {
      const parts = partsOf(input);
      const answer = await firstValueFrom(
        http.request(endpoint.method, pathOf(endpoint, parts.params), {
          params: queryOf(parts.query),
          body: parts.body ?? null,
          // What was asked to be done is still done when the page is closed or reloaded right after.
          keepalive: endpoint.method !== 'GET',
        }),
      );
      const isEmpty = endpoint.status === 204 || answer === null;
      return { ok: true, value: endpoint.response.parse(isEmpty ? undefined : answer) as Response<E> };
    } catch (error) {
      // The api sends only the kinds that the endpoint lists, besides those common to all.
      return { ok: false, problem: toApiProblem(error) };
    }
  };
}
