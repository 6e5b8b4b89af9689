export {
  activateCoupling,
  type ActivateCoupling,
  type ActivateCouplingError,
  type ActivateCouplingTx,
} from './activate-coupling.js';
export type {
  AuthorisationAttempt,
  AuthorisationAttempts,
  AuthorisationAttemptsTx,
} from './authorisation-attempts.port.js';
export { beginConnection, type BeginConnection } from './begin-connection.js';
export {
  completeConnection,
  type CompleteConnection,
  type CompleteConnectionError,
  type CompleteConnectionTx,
  type Consents,
} from './complete-connection.js';
export { confirmationText, readConfiguration, type CodeLine, type Configuration } from './configuration.js';
export { confirmCoupling, type ConfirmCoupling, type ConfirmCouplingError } from './confirm-coupling.js';
export type { Consent, ExchangedConsent, SeenConsent } from './consent.js';
export type { ConsentsElsewhere, GivenConsent, TokenOwner } from './consents-elsewhere.js';
export {
  advance,
  isAdding,
  newCoupling,
  participants,
  stepViews,
  type Confirmation,
  type Coupling,
  type StepLogEntry,
  type StepView,
  type WrongStep,
} from './coupling.js';
export { couplingSteps, transitions, type CouplingEvent, type CouplingStep } from './coupling-step.js';
export type { Couplings, CouplingsTx } from './couplings.port.js';
export { disconnect } from './disconnect.js';
export { finishMatch } from './finish-match.js';
export { finishSynchronise, type BlockingIssuesOpen, type FinishStep } from './finish-synchronise.js';
export { openCoupling } from './open-coupling.js';
export { readChanges, type ReadChanges, type ReadChangesError, type ReadChangesTx } from './read-changes.js';
export { isReadLately, readLatelyMs, readSince } from './read-lately.js';
export {
  saveConfiguration,
  type SaveConfiguration,
  type SaveConfigurationError,
} from './save-configuration.js';
export {
  selectAdministrations,
  type SelectAdministrations,
  type SelectAdministrationsError,
} from './select-administrations.js';
export { setAccountCreation } from './set-account-creation.js';
export { setResyncInterval } from './set-resync-interval.js';
