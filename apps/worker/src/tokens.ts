/** Injection tokens: everything is injected by token, so that no reflection metadata is needed. */
export const LOG = Symbol('log');
export const QUEUES = Symbol('queues');
export const RUN_JOB = Symbol('run job');
export const SERVICES = Symbol('services');
