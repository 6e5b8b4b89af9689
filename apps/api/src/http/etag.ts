import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** Gives every readable answer of the API a strong ETag, and answers 304 to who has that version already. */
export function tagAnswers(server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply, payload) => {
    const isReading = request.method === 'GET' && reply.statusCode === 200;
    if (!isReading || typeof payload !== 'string' || !request.url.startsWith('/v1/')) return payload;
    const etag = `"${createHash('sha256').update(payload).digest('base64url')}"`;
    void reply.header('etag', etag);
    if (!isNamedIn(request.headers['if-none-match'], etag)) return payload;
    void reply.code(304).removeHeader('content-length').removeHeader('content-type');
    return null;
  });
}

/** RFC 9110, 13.1.2: `*`, or a list of tags, compared without their weakness. */
function isNamedIn(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')));
}
