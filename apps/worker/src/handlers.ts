export { createServices, type ServicesOptions } from './create-services.js';
export { systemChance, type Chance } from './deps.js';
export { handleMessage } from './handle-message.js';
export { createLog, type Log } from './log.js';
export { messageKinds } from './queues.js';
export type { Handled, Services } from './services.js';
export { sealHistories } from './sync/seal-histories.js';
