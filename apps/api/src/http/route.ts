import { applyDecorators, HttpCode, RequestMapping, RequestMethod, SetMetadata } from '@nestjs/common';
import type { Access, EndpointShape } from '@koppel/contracts';

export const ACCESS_METADATA = 'koppel:access';
export const ENDPOINT_METADATA = 'koppel:endpoint';

export interface AccessRule {
  readonly access: Access;
  /** Also before the feature was switched on for the tenant. */
  readonly isBeforeActivation: boolean;
}

const methods = {
  GET: RequestMethod.GET,
  POST: RequestMethod.POST,
  PUT: RequestMethod.PUT,
  PATCH: RequestMethod.PATCH,
  DELETE: RequestMethod.DELETE,
} as const;

/** Serves a contract's endpoint: method, path, status and access come from it; see contract.interceptor.ts for the rest. */
export function Route(endpoint: EndpointShape): MethodDecorator {
  return applyDecorators(
    RequestMapping({ method: methods[endpoint.method], path: endpoint.path }),
    HttpCode(endpoint.status ?? 200),
    SetMetadata(ENDPOINT_METADATA, endpoint),
    MayCall(endpoint.access, endpoint.beforeActivation ?? false),
  );
}

/** Who may call a route that has no contract (event streams, files, health). Without it the guard refuses. */
export function MayCall(access: Access, isBeforeActivation = false): MethodDecorator {
  return SetMetadata(ACCESS_METADATA, { access, isBeforeActivation } satisfies AccessRule);
}
