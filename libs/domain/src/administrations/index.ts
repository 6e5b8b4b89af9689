export type { Administration, AdministrationState, UnavailableReason } from './administration.js';
export type { Administrations, AdministrationsTx } from './administrations.port.js';
