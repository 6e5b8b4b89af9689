import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { KnownMethods } from './known-methods.js';
import { sendProblem, unknownRoute } from './problem.filter.js';
import { newNonce, portalPolicy } from './security.js';

/** Stands in the built index.html as `ngCspNonce`; replaced by a fresh nonce in every answer. */
const noncePlaceholder = /CSP_NONCE/g;
/** `main-4MQ2ZK7A.js`, `chunk-3-WITf__.js`: the name changes with the content. */
const hashedName = /-[\w-]{8}\.(js|css|woff2|svg)(\.br|\.gz)?$/;
const apiPaths = /^\/(v1|health|openapi\.json)(\/|\?|$)/;

/** Serves the built portal: its files, and its page for every other address, since routes are the portal's own. */
export async function servePortal(
  server: FastifyInstance,
  webDir: string,
  knownMethods: KnownMethods,
): Promise<void> {
  const page = path.join(webDir, 'index.html');
  const hasPortal = existsSync(page);
  if (hasPortal) {
    await server.register(fastifyStatic, {
      root: webDir,
      wildcard: false,
      index: false,
      globIgnore: ['**/index.html', '**/*.map', '**/*.br', '**/*.gz'],
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, file) => {
        const isForEver = hashedName.test(file);
        void reply.header('cache-control', isForEver ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  const html = hasPortal ? await readFile(page, 'utf8') : undefined;
  server.get('/*', async (request, reply) => {
    if (html === undefined || apiPaths.test(request.url))
      return sendProblem(request, reply, unknownRoute(knownMethods.at(request.url)));
    const nonce = newNonce();
    return reply
      .headers({ 'cache-control': 'no-store', 'content-security-policy': portalPolicy(nonce) })
      .type('text/html; charset=utf-8')
      .send(html.replace(noncePlaceholder, nonce));
  });
}
