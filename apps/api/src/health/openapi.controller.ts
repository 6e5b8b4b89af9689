import { Controller, Get, Inject } from '@nestjs/common';
import { openApiDocument } from '@koppel/contracts/openapi';
import type { Config } from '../config.js';
import { MayCall } from '../http/route.js';
import { CONFIG } from '../tokens.js';

const version = '0.1.0';

@Controller()
export class OpenApiController {
  private readonly document: Record<string, unknown>;

  constructor(@Inject(CONFIG) config: Config) {
    this.document = openApiDocument({ url: config.publicUrl, version });
  }

  @Get('openapi.json')
  @MayCall('public')
  get(): Record<string, unknown> {
    return this.document;
  }
}
