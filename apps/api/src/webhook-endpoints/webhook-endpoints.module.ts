import { Module } from '@nestjs/common';
import { DeliveriesController } from './deliveries.controller.js';
import { WebhookEndpointsController } from './webhook-endpoints.controller.js';
import { WebhookSecrets } from './webhook-secrets.js';

@Module({
  controllers: [WebhookEndpointsController, DeliveriesController],
  providers: [WebhookSecrets],
})
export class WebhookEndpointsModule {}
