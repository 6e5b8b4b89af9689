import { isLostConnection } from './lost-connection.js';
import { isUnreachable } from './readiness.js';

/**
 * Whether a process goes on after an error that nobody could catch: it tells of a connection that is lost, and whoever used that is told as
 * well. Also of one that is lost while it is being made: the driver asks something of its own then, whose failure nobody waits for
 * (postgres.js 3.4.9), also when it comes of the next try.
 */
export function isSurvivable(error: unknown): boolean {
  if (isLostConnection(error)) return true;
  const isOfDriver = error instanceof Error && 'query' in error && error.cause === undefined;
  return isOfDriver && isUnreachable(error);
}

/** What is told of an uncaught error, with its words. */
interface SurvivorLog {
  warn(facts: { readonly err: unknown }, words: string): void;
  fatal(facts: { readonly err: unknown }, words: string): void;
}

/**
 * Has the process go on after errors of a lost connection that nobody could catch: the work or request that lost it is told and tries again, and
 * what runs beside it must not suffer. Any other uncaught error ends the process with 1.
 */
export function surviveLostConnections(log: SurvivorLog): void {
  const survive = (err: unknown): void => {
    if (isSurvivable(err)) return log.warn({ err }, 'database connection lost');
    log.fatal({ err }, 'uncaught');
    process.exit(1);
  };
  process.on('uncaughtException', survive);
  process.on('unhandledRejection', survive);
}
