export { ApiClient, ApiRefusal } from './api-client.js';
export { giveConsent } from './consent.js';
export { coupleAll, type CoupleOptions, type CoupleReport } from './couple-all.js';
