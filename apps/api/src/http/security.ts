import { randomBytes } from 'node:crypto';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

const yearS = 31_536_000;

/** Headers of every answer: nothing may be loaded, framed or guessed from an API answer. The portal's page has its own CSP. */
export async function addSecurityHeaders(server: FastifyInstance): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
      },
    },
    strictTransportSecurity: { maxAge: yearS, includeSubDomains: true },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  });
  server.addHook('onRequest', (request, reply, done) => {
    if (request.url.startsWith('/v1')) void reply.header('cache-control', 'no-store');
    done();
  });
}

/** A nonce for the styles and scripts that the portal's page brings itself. */
export function newNonce(): string {
  return randomBytes(16).toString('base64url');
}

/** The portal's CSP: only its own files, inline styles and scripts only with the nonce, no plain HTML sinks. */
export function portalPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types angular angular#bundler angular#components',
  ].join('; ');
}
