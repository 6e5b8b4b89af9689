// `npm run db:verify-history [-- tenant:number:link ...]`: holds every tenant's history against its chain, in the database of DATABASE_URL or the embedded one.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { connect } from '@koppel/persistence';
import { findTenants, verifyHistory } from '@koppel/persistence/history';
import { startPostgres } from './postgres.js';
import { useDatabase } from './product/database.js';
import {
  noDatabase,
  noTenants,
  readAnchors,
  usage,
  verdictText,
  whyUnread,
} from './start/history-verdict.js';
import { readStartSettings, type StartSettings } from './start/settings.js';

const tenantsMax = 100_000;

/** Nothing is wrong; something is; it could not be found out. */
type ExitCode = 0 | 1 | 2;

async function verifyAll(texts: readonly string[]): Promise<ExitCode> {
  const anchors = readAnchors(texts);
  if (anchors === undefined) return refuse(usage);
  const settings = readStartSettings(process.env);
  const server = await openServer(settings);
  if (server === undefined) return refuse(noDatabase(settings.dataDir));
  const database = connect(server.url, { max: 1 });
  try {
    const tenants = new Set([...(await findTenants(database, tenantsMax)), ...anchors.keys()]);
    if (tenants.size === 0) console.log(noTenants);
    let code: ExitCode = 0;
    for (const tenantId of tenants) {
      const verdict = await verifyHistory(database, { tenantId, anchors: anchors.get(tenantId) ?? [] });
      console.log(verdictText(tenantId, verdict));
      if (verdict.faults.length > 0) code = 1;
    }
    return code;
  } finally {
    await database.close();
    await server.stop();
  }
}

/** Undefined where none was ever made: looking makes none. */
async function openServer({ dataDir, databaseUrl }: StartSettings) {
  if (databaseUrl) return useDatabase(databaseUrl);
  const folder = path.join(dataDir, 'postgres');
  return existsSync(folder) ? startPostgres({ dataDir: folder }) : undefined;
}

function refuse(text: string): ExitCode {
  console.error(text);
  return 2;
}

process.exitCode = await verifyAll(process.argv.slice(2)).catch((error: unknown) => refuse(whyUnread(error)));
