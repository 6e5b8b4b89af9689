import { pino, type Logger } from 'pino';
import type { Config } from '../config.js';

/** JSON lines on stdout. */
export function createLog(config: Config): Logger {
  return pino({
    level: config.logLevel,
    base: { app: 'api', instance: config.instanceId },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: safeError },
  });
}

const causesMax = 5;

/** An error without what it was about: a database error's message and parameters may hold names, addresses or tokens. */
export function safeError(error: unknown): unknown {
  const chain: unknown[] = [];
  let current: unknown = error;
  while (current instanceof Error && chain.length < causesMax) {
    const { code, constraint_name: constraint } = current as { code?: unknown; constraint_name?: unknown };
    const isQuery = 'query' in current || 'severity' in current;
    const message = isQuery ? 'database statement failed' : current.message;
    chain.push({ type: current.name, message, code, constraint, at: framesOf(current) });
    current = current.cause;
  }
  return chain.length > 0 ? chain : { message: 'a value that is no error was thrown' };
}

/** Only the `at ...` lines of the stack, since its head repeats the message. */
function framesOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim());
}
