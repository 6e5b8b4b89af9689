export { WebhookEndpoints, type WebhookEndpoint } from './webhook-endpoints.js';
export {
  addDelivery,
  findAttempts,
  findDelivery,
  listDeliveries,
  replayDelivery,
  replayRange,
  type DeliveryAttempt,
  type DeliveryRow,
} from './deliveries.js';
export { claimEndpoints, type DueDelivery, type EndpointTurn, type TriedDelivery } from './delivery-queue.js';
export { holdDeliveries } from './hold-deliveries.js';
export { trimEvents } from './trim-events.js';
