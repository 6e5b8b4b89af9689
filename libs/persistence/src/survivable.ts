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
