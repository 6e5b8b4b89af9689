import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { callerOf } from './call.js';

/** One line per answered request: no bodies, no queries, no names; the route's pattern instead of the address. */
export function logRequests(server: FastifyInstance, log: Logger): void {
  server.addHook('onResponse', (request, reply, done) => {
    const caller = callerOf(request);
    log.info(
      {
        requestId: request.id,
        method: request.method,
        route: request.routeOptions.url ?? 'unknown',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        tenantId: caller?.tenant?.id,
        actorId: caller?.actor.id,
      },
      'answered',
    );
    done();
  });
}
