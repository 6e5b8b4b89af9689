/** Injection tokens: everything is injected by token, so that no reflection metadata is needed. */
export const CONFIG = Symbol('config');
export const DATABASE = Symbol('database');
export const LOG = Symbol('log');
export const CHANCE = Symbol('chance');
export const QUEUES = Symbol('queues');
export const QUEUE_CONNECTION = Symbol('queue connection');
export const SERVICES = Symbol('services');
export const RUN_JOB = Symbol('run job');
