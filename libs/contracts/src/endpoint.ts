import type * as z from 'zod';
import type { ProblemDefinition } from './problem.js';

/** Who may call: nobody in particular, anyone signed in, a role in the tenant (or a key with that scope), the helpdesk. */
export type Access = 'public' | 'signed-in' | 'viewer' | 'reviewer' | 'admin' | 'operator';

export interface EndpointShape {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with `:name` parameters, below the origin. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly access: Access;
  /** Works before the feature is switched on for the tenant (step 0). */
  readonly beforeActivation?: true;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
  /** 200 when left out. */
  readonly status?: 200 | 201 | 202 | 204;
  /** Asks something of another system that succeeds once: it takes no Idempotency-Key. */
  readonly happensOnce?: true;
  readonly problems: readonly ProblemDefinition[];
}

/** One constant per endpoint: the api's pipe and response check, the web's typed call and error union, the docs' page. */
export function endpoint<const E extends EndpointShape>(shape: E): E {
  return shape;
}

export type Response<E extends EndpointShape> = z.output<E['response']>;
export type Body<E extends EndpointShape> = E['body'] extends z.ZodType ? z.input<E['body']> : undefined;
export type Params<E extends EndpointShape> = E['params'] extends z.ZodType
  ? z.input<E['params']>
  : undefined;
export type Query<E extends EndpointShape> = E['query'] extends z.ZodType ? z.input<E['query']> : undefined;
export type ProblemKind<E extends EndpointShape> = E['problems'][number]['kind'];
