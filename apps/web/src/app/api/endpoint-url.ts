import type { EndpointShape } from '@koppel/contracts';

/** What a call carries, reduced to what its endpoint has: the rest may be left out. */
export interface RequestParts {
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/** The parts of any endpoint's input: its contract has typed them, so only their common shape is left to say. */
export const partsOf = (input: object): RequestParts => input;

/** Fills `:name` parameters of an endpoint's path; throws when one is missing, as that is a mistake in the page. */
export function pathOf(endpoint: Pick<EndpointShape, 'path'>, params: RequestParts['params'] = {}): string {
  return endpoint.path.replace(/:([a-zA-Z]+)/g, (_match, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${endpoint.path} misses ${name}`);
    return encodeURIComponent(value);
  });
}

/** Query values without the empty ones, as text. */
export function queryOf(query: RequestParts['query'] = {}): Record<string, string> {
  const filled = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(filled.map(([name, value]) => [name, String(value)]));
}
