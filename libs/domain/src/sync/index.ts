export type { WriteIntent } from './write-intent.js';
export type { WriteIntents, WriteIntentsTx } from './write-intents.port.js';
