import type { Body, EndpointShape, Params, Query } from '@koppel/contracts';

type Part<Name extends string, T> = T extends undefined
  ? { readonly [K in Name]?: never }
  : { readonly [K in Name]: T };

/** Exactly the parts that an endpoint takes: `params`, `query` and `body` are asked for when it has them. */
export type EndpointInput<E extends EndpointShape> = Part<'params', Params<E>> &
  Part<'query', Query<E>> &
  Part<'body', Body<E>>;

export type ReadInput<E extends EndpointShape> = Part<'params', Params<E>> & Part<'query', Query<E>>;
