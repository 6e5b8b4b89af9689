export { eventTypes, pingType, type Event, type EventType } from './event.js';
export {
  eventsOfAdded,
  eventsOfConflicts,
  eventsOfRun,
  eventsOfSaved,
  eventsOfTroubles,
} from './events-of.js';
export {
  attemptsMax,
  isTaken,
  settleDelivery,
  type DeliveryState,
  type Outcome,
  type SettledDelivery,
  type UnreachedReason,
} from './delivery.js';
export { settleReceiver, type DisabledReason, type ReceiverHealth } from './receiver.js';
export { isReachable, refusalOfUrl, type AddressPolicy, type AddressRefusal } from './receiver-address.js';
