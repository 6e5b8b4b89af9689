export { authorisationUrl, exchangeCode, type AuthorisationRequest, type CodeExchange } from './authorise.js';
export { regionBaseUrl, regionTimeZone, REGIONS, type Region } from './regions.js';
export { seeConsent, type ConsentLook, type SeenConsent } from './see-consent.js';
export { createTokenKeeper, type TokenKeeper } from './token-keeper.js';
export type { TokenKeeperOptions } from './token-keeper-options.js';
export type { TokenPair } from './token-request.js';
export { rowOf, type TokenRow, type TokenState, type TokenStore } from './token-store.js';
export {
  ExactError,
  isTransient,
  type ExactErrorKind,
  type ExactFailure,
  type ReauthReason,
} from '../errors.js';
export {
  createHttpTransport,
  type HttpTransport,
  type Transport,
  type TransportLimits,
} from '../transport.js';
export type { ResponseHeaders, TransportRequest, TransportResponse } from '../transport.js';
