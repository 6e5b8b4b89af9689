import {
  PostgresConnection,
  PostgresQueueBackend,
  type BackendFactory,
  type PostgresConnectionOptions,
} from 'bullmq';

/**
 * BullMQ looks at its tables once per queue and keeps the answer, also a failed one. When the connection breaks in that moment every fetch fails
 * at once and is repeated at once, and the process comes to nothing else any more, not even to its end. We have looked ourselves, just before.
 */
class SeenConnection extends PostgresConnection {
  override waitUntilReady(): Promise<void> {
    return Promise.resolve();
  }
}

/** The queue on Postgres; its tables must be there (`migrateQueue`). Names its listening connections as BullMQ does. */
export const createQueueBackend: BackendFactory<PostgresQueueBackend, PostgresConnectionOptions> = (
  name,
  options,
  { withBlockingConnection = false, blocking = false } = {},
) => {
  const connection = new SeenConnection(options.connection);
  const workerName = 'name' in options && typeof options.name === 'string' ? `:w:${options.name}` : '';
  const ofListener = blocking ? `${name}:qe` : undefined;
  const listenerName = withBlockingConnection ? `${name}${workerName}` : ofListener;
  return new PostgresQueueBackend(connection, name, options, true, listenerName);
};
