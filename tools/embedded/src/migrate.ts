// `npm run db:migrate`: brings the database of DATABASE_URL, or the embedded one, up to date.
import path from 'node:path';
import { startPostgres } from './postgres.js';
import { migrateAll, useDatabase } from './product/database.js';
import { readStartSettings } from './start/settings.js';

const { dataDir, databaseUrl, redisUrl } = readStartSettings(process.env);
const database = databaseUrl
  ? await useDatabase(databaseUrl)
  : await startPostgres({ dataDir: path.join(dataDir, 'postgres') });
try {
  await migrateAll(database.url, redisUrl);
  console.log(`the database at ${new URL(database.url).host} is up to date`);
} finally {
  await database.stop();
}
