export { accessIssueKey, accessTrouble, connectionTrouble } from './access-issue.js';
export { parseAdministrationCode, suggestCode, type CodeFault } from './administration-code.js';
export {
  isReturning,
  isUncoupled,
  takesWrites,
  type Administration,
  type AdministrationState,
  type UnavailableReason,
} from './administration.js';
export type { Administrations, AdministrationsTx } from './administrations.port.js';
export { checkCode, type CheckCode, type CodeVerdict } from './check-code.js';
export {
  isUsable,
  refreshExpiresAt,
  usableStates,
  type Connection,
  type ConnectionState,
  type SealedTokens,
} from './connection.js';
export type { Connections, ConnectionsTx } from './connections.port.js';
export {
  isEngaged,
  recordDivisions,
  type ListedDivision,
  type RecordDivisions,
  type RecordDivisionsTx,
  type RecordedDivisions,
} from './record-divisions.js';
export {
  isListingAwaited,
  recordListingFailure,
  requestListing,
  requestListingOf,
} from './request-listing.js';
export {
  setAdministrationState,
  type SetAdministrationState,
  type SetAdministrationStateError,
  type WantedState,
} from './set-administration-state.js';
export { stateOnReturn } from './state-on-return.js';
export { longestTurnMs, wakeBehind, wakeWrites } from './wake-writes.js';
export { defaultWritePolicy, type WritePolicy } from './write-policy.js';
