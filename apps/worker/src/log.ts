import { pino, type Logger } from 'pino';
import type { Config } from './config.js';

export type Log = Logger;

/** JSON lines on stdout. */
export function createLog(config: Pick<Config, 'logLevel' | 'instanceId'>): Log {
  return pino({
    level: config.logLevel,
    base: { app: 'worker', instance: config.instanceId },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: safeError },
  });
}

const causesMax = 5;

/** An error without what it was about: a database error's message and parameters may hold names, addresses or tokens (I12). */
export function safeError(error: unknown): unknown {
  const chain: unknown[] = [];
  let current: unknown = error;
  while (current instanceof Error && chain.length < causesMax) {
    const { code, constraint_name: constraint } = current as { code?: unknown; constraint_name?: unknown };
    const isQuery = 'query' in current || 'severity' in current;
    chain.push({
      type: current.name,
      message: isQuery ? 'database statement failed' : current.message,
      code,
      constraint,
      at: (current.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)),
    });
    current = current.cause;
  }
  return chain.length > 0 ? chain : { message: 'a value that is no error was thrown' };
}
