import { Controller, Get, Inject, Res } from '@nestjs/common';
import { readiness, type Database, type Readiness } from '@koppel/persistence';
import type { FastifyReply } from 'fastify';
import { MayCall } from '../http/route.js';
import { RESERVED } from '../tokens.js';

@Controller('health')
export class HealthController {
  constructor(@Inject(RESERVED) private readonly database: Database) {}

  /** The process answers. Depends on nothing, so that a broken database does not get it restarted. */
  @Get('live')
  @MayCall('public')
  live(): { status: 'alive' } {
    return { status: 'alive' };
  }

  /** Requests can be served: 503 while the database cannot be reached or is older than this program; not while it is merely busy. */
  @Get('ready')
  @MayCall('public')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<{ status: Readiness }> {
    const status = await readiness(this.database);
    if (status !== 'ready') void reply.code(503).header('retry-after', '2');
    return { status };
  }
}
