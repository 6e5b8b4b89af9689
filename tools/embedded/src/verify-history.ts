// `npm run db:verify-history [-- tenant:number:link ...]`: holds every tenant's history against its chain, in the database of DATABASE_URL or the embedded one.
import path from 'node:path';
import { connect } from '@koppel/persistence';
import { findTenants, verifyHistory } from '@koppel/persistence/history';
import { startPostgres } from './postgres.js';
import { useDatabase } from './product/database.js';
import { readStartSettings } from './start/settings.js';
import { readAnchors, usage, verdictText } from './start/history-verdict.js';

const tenantsMax = 100_000;

const anchors = readAnchors(process.argv.slice(2));
if (anchors === undefined) {
  console.error(usage);
  process.exit(2);
}
const { dataDir, databaseUrl } = readStartSettings(process.env);
const server = databaseUrl
  ? await useDatabase(databaseUrl)
  : await startPostgres({ dataDir: path.join(dataDir, 'postgres') });
const database = connect(server.url, { max: 1 });
try {
  for (const tenantId of new Set([...(await findTenants(database, tenantsMax)), ...anchors.keys()])) {
    const verdict = await verifyHistory(database, { tenantId, anchors: anchors.get(tenantId) ?? [] });
    console.log(verdictText(tenantId, verdict));
    if (verdict.faults.length > 0) process.exitCode = 1;
  }
} finally {
  await database.close();
  await server.stop();
}
