// `npm run db:restored`: after an older backup was restored into the database of DATABASE_URL, before anything else runs on it.
import { connect } from '@koppel/persistence';
import { holdDeliveries } from '@koppel/persistence/events';
import { useDatabase } from './product/database.js';
import { readStartSettings } from './start/settings.js';

const { databaseUrl } = readStartSettings(process.env);
if (databaseUrl === undefined) {
  console.error('DATABASE_URL names the database that was restored');
  process.exit(2);
}
await useDatabase(databaseUrl);
const database = connect(databaseUrl, { max: 1 });
try {
  console.log(
    `${await holdDeliveries(database)} events that waited in the backup are not sent by themselves`,
  );
} finally {
  await database.close();
}
