/**
 * Whether an error that nobody could catch is postgres.js writing to a connection that Postgres has closed inside a transaction
 * (seen in 3.4.9: a rejection without a listener, and a TypeError out of its own timer). The transaction's caller is told as well,
 * so a process may log this one and go on; any other uncaught error must end it.
 */
export function isLostConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (code === 'CONNECTION_CLOSED' || code === 'CONNECTION_DESTROYED' || code === '57P01' || code === '25P03')
    return true;
  const isOfDriver = /node_modules[\\/]postgres[\\/]/.test(error.stack ?? '');
  return error instanceof TypeError && isOfDriver && /'write'/.test(error.message);
}
