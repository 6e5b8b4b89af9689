import { createHash } from 'node:crypto';
import { entityTag } from '@koppel/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const versions = new WeakMap<FastifyRequest, number>();

/** Keeps the version of the resource that is answered, when it is the one that was asked for or changed. */
export function keepVersion(request: FastifyRequest, answer: unknown): void {
  if (typeof answer !== 'object' || answer === null) return;
  const { id, administrationId, version } = answer as Readonly<Record<string, unknown>>;
  const { id: asked } = (request.params ?? {}) as { readonly id?: unknown };
  // Settings are those of an administration and have no id of their own.
  if (typeof version === 'number' && (id ?? administrationId) === asked) versions.set(request, version);
}

/**
 * Gives every readable answer of the API a strong ETag, and answers 304 to who has that version already. A resource with a version has that in
 * front of the digest, also when a change answers it: it can be said in If-Match.
 */
export function tagAnswers(server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply, payload) => {
    const version = versions.get(request);
    const isReading = request.method === 'GET' && reply.statusCode === 200;
    const isTagged = isReading || (version !== undefined && reply.statusCode < 300);
    if (!isTagged || typeof payload !== 'string' || !request.url.startsWith('/v1/')) return payload;
    const digest = createHash('sha256').update(payload).digest('base64url');
    const etag = version === undefined ? `"${digest}"` : entityTag(version, digest);
    void reply.header('etag', etag);
    if (!isReading || !isNamedIn(request.headers['if-none-match'], etag)) return payload;
    void reply.code(304).removeHeader('content-length').removeHeader('content-type');
    return null;
  });
}

/** RFC 9110, 13.1.2: `*`, or a list of tags, compared without their weakness. */
function isNamedIn(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')));
}
