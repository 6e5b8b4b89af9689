import 'reflect-metadata';
import type { IncomingMessage } from 'node:http';
import cookie from '@fastify/cookie';
import session from '@fastify/session';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { EnclosableDatabase, TokenCipher } from '@koppel/persistence';
import type { FastifyInstance } from 'fastify';
import { AppModule } from './app.module.js';
import type { CoreParts } from './core/core.module.js';
import { AccessGuard } from './http/access.guard.js';
import { AnswerContractInterceptor, RequestContractInterceptor } from './http/contract.interceptor.js';
import { tagAnswers } from './http/etag.js';
import { IdempotencyInterceptor } from './http/idempotency.interceptor.js';
import { readOnlyJson } from './http/json-parser.js';
import { KnownMethods } from './http/known-methods.js';
import { NestLog } from './http/nest-log.js';
import { servePortal } from './http/portal.js';
import { ProblemFilter } from './http/problem.filter.js';
import { requestIdOf } from './http/request-id.js';
import { limitRequests } from './http/request-limit.js';
import { logRequests } from './http/request-log.js';
import { refuseForeignOrigin } from './http/same-origin.js';
import { addSecurityHeaders } from './http/security.js';
import type { Chance } from './deps.js';
import { measureRequests } from './metrics/request-durations.js';
import { PostgresSessionStore } from './session/session-store.js';
import { receiveWebhooks } from './webhooks/receive-webhooks.js';
import type { Callers } from './session/callers.js';
import { CALLERS, CHANCE, CIPHER, DATABASE } from './tokens.js';

const bodyMaxBytes = 1_048_576;

/** The whole api, ready to listen or to be injected into. Closing it closes the database. */
export async function createApp(parts: CoreParts): Promise<NestFastifyApplication> {
  const isHttps = parts.config.publicUrl.startsWith('https:');
  const adapter = new FastifyAdapter({
    forceCloseConnections: true, // an open event stream would keep the process alive for ever
    bodyLimit: bodyMaxBytes,
    // Who else sets X-Forwarded-* is not believed.
    trustProxy: isHttps ? [...parts.config.trustedProxies] : false,
    genReqId: (request: IncomingMessage) => requestIdOf(request.headers['x-request-id'], parts.chance.newId),
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(parts), adapter, {
    bodyParser: false,
    logger: new NestLog(parts.log),
  });
  const server = adapter.getInstance<unknown>() as FastifyInstance; // the same server, less generic
  const knownMethods = new KnownMethods(server);
  await addPlugins(server, parts);
  await servePortal(server, parts.config.webDir, knownMethods);
  app.useGlobalFilters(new ProblemFilter(parts.log, knownMethods));
  app.useGlobalGuards(new AccessGuard(app.get<Callers>(CALLERS)));
  app.useGlobalInterceptors(
    new RequestContractInterceptor(),
    idempotencyOf(app),
    new AnswerContractInterceptor(),
  );
  app.enableShutdownHooks();
  for (const close of parts.onClose ?? []) server.addHook('onClose', async () => void (await close()));
  await app.init();
  await server.ready();
  return app;
}

function idempotencyOf(app: NestFastifyApplication): IdempotencyInterceptor {
  const database = app.get<EnclosableDatabase>(DATABASE);
  return new IdempotencyInterceptor(database, app.get<TokenCipher>(CIPHER), app.get<Chance>(CHANCE));
}

async function addPlugins(server: FastifyInstance, parts: CoreParts): Promise<void> {
  const { config, chance } = parts;
  const isHttps = config.publicUrl.startsWith('https:');
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/health/')) {
      reply.header('x-koppel-instance', config.instanceId);
      delete request.headers.cookie; // a session would be looked up in the database, which may be what is ill (F22)
    }
    if (request.url.startsWith('/v1/')) refuseForeignOrigin(request, config.publicUrl);
  });
  readOnlyJson(server);
  tagAnswers(server);
  logRequests(server, parts.log);
  if (parts.durations) measureRequests(server, parts.durations);
  await addSecurityHeaders(server);
  await server.register(cookie);
  await server.register(session, {
    secret: config.sessionSecret.reveal(),
    cookieName: isHttps ? '__Host-koppel' : 'koppel',
    cookie: { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps },
    idGenerator: () => chance.newSecret(),
    store: new PostgresSessionStore(parts.database, chance.now),
    saveUninitialized: false,
    rolling: false,
  });
  await limitRequests(server);
  await receiveWebhooks(server, parts);
}
