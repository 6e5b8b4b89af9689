import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPostgres } from '@koppel/embedded';
import { Databases } from './databases.js';

export interface OwnPostgres {
  readonly databases: Databases;
  readonly serverUrl: string;
  /** For whatever the run leaves behind; goes with the server. */
  readonly folder: string;
  close(): Promise<void>;
}

const unsafeButFast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/** A server for this run alone. */
export async function openOwnPostgres(): Promise<OwnPostgres> {
  const folder = await mkdtemp(path.join(tmpdir(), 'koppel-crash-'));
  const flags = unsafeButFast.flatMap((setting) => ['-c', setting]);
  const server = await startPostgres({ dataDir: path.join(folder, 'data'), flags });
  return {
    databases: new Databases(server.url),
    serverUrl: server.url,
    folder,
    close: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
