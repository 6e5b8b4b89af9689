export type { Anchor } from './history-chain.js';
export { findUnsealedTenants, sealHistory, type Sealed } from './seal-history.js';
export { findTenants, verifyHistory, type HistoryFault, type HistoryVerdict } from './verify-history.js';
