import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { EndpointShape } from '@koppel/contracts';
import type { FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { z } from 'zod';
import { keepParts } from './call.js';
import { keepVersion } from './etag.js';
import { InvalidRequest, type Part } from './invalid-request.js';
import { ENDPOINT_METADATA } from './route.js';
import { takeVersion } from './with-version.js';

/** Parses a request strictly by its contract, before anything is done for it. */
@Injectable()
export class RequestContractInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const endpoint = endpointOf(context);
    if (!endpoint) return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    takeVersion(endpoint, request);
    keepParts(request, {
      params: parse('params', endpoint.params, request.params),
      query: parse('query', endpoint.query, request.query),
      body: parse('body', endpoint.body, request.body),
    });
    return next.handle();
  }
}

/** Parses what a controller answers strictly by the contract. Answers that were kept are not parsed again: a release may have another contract. */
@Injectable()
export class AnswerContractInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const endpoint = endpointOf(context);
    if (!endpoint) return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    return next.handle().pipe(
      map((given) => {
        const answer = endpoint.response.parse(given);
        keepVersion(request, answer);
        return answer;
      }),
    );
  }
}

/** Undefined for what no contract describes. */
function endpointOf(context: ExecutionContext): EndpointShape | undefined {
  return Reflect.getMetadata(ENDPOINT_METADATA, context.getHandler()) as EndpointShape | undefined;
}

function parse(part: Part, schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) {
    if (hasContent(part, value))
      throw new InvalidRequest([{ pointer: `/${part}`, detail: 'nothing is expected here' }]);
    return undefined;
  }
  const parsed = schema.safeParse(value ?? {});
  if (!parsed.success) throw InvalidRequest.of(part, parsed.error);
  return parsed.data;
}

/** An empty object or null is no content: some clients always send one. */
function hasContent(part: Part, value: unknown): boolean {
  if (part === 'params' || value === undefined || value === null) return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}
