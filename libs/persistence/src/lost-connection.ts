/** Postgres or the driver says so: nothing else uses these codes. */
const codesOfPostgres = new Set(['CONNECTION_CLOSED', 'CONNECTION_DESTROYED', '57P01', '25P03']);
/** The operating system's words for it, which any socket could have met. */
const codesOfSockets = new Set(['ECONNRESET', 'EPIPE']);

/**
 * Whether an error that nobody could catch is postgres.js writing to a connection that Postgres has closed inside a transaction
 * (seen in 3.4.9: rejections without a listener, and a TypeError out of its own timer). The transaction's caller is told as well,
 * so a process may log this one and go on; any other uncaught error must end it.
 */
export function isLostConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: string }).code ?? '';
  if (codesOfPostgres.has(code)) return true;
  const isOfDriver = 'query' in error || /node_modules[\\/]postgres[\\/]/.test(error.stack ?? '');
  if (!isOfDriver) return false;
  return codesOfSockets.has(code) || (error instanceof TypeError && /'write'/.test(error.message));
}

const causesMax = 5;

/** Whether `error`, or what caused it, is the loss of a connection that was there; not that none could be made. */
export function isByLostConnection(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < causesMax; depth += 1) {
    if (isLostConnection(current)) return true;
    current = current.cause;
  }
  return false;
}
