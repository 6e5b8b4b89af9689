import { sql } from 'drizzle-orm';
import { asId, ok, type ConnectionId, type TenantId } from '@koppel/domain/kernel';
import { startSandbox } from '@koppel/exact-sandbox';
import { connect, DrizzleUnitOfWork, inSystem } from '@koppel/persistence';
import { addTenant } from '../add-tenant.js';
import { consent, sealed } from '../consent.js';
import { CrashPoints } from '../crash-points.js';
import { openServices } from '../open-services.js';
import { Keepers } from './keepers.js';
import { raceForTokens, type RacesReport } from './races.js';
import { seededRandom } from './seeded-random.js';

export interface RacesOptions {
  /** A migrated, empty database. */
  readonly databaseUrl: string;
  readonly encryptionKey: string;
  readonly processes: number;
  readonly expiries: number;
  readonly seed: number;
}

/** A tenant, a sandbox and several processes with a token keeper each; then the races. */
export async function runRaces(options: RacesOptions): Promise<RacesReport> {
  const { databaseUrl, encryptionKey, processes, expiries, seed } = options;
  const sandbox = await startSandbox({
    world: { divisions: 1, relations: 10, contacts: 0 },
    clock: { startsAt: '2026-11-25T09:00:00.000Z' },
  });
  const startsAt = sandbox.clock.now();
  const surroundings = { databaseUrl, encryptionKey, exactUrl: sandbox.url };
  const open = openServices({ ...surroundings, startsAt }, new CrashPoints(undefined, () => undefined));
  const tenantId = await addTenant(open.services, { sandbox, encryptionKey, isActive: true });
  await open.close();
  const database = connect(databaseUrl, { max: 2 });
  const [row] = await inSystem(database, (tx) => tx.execute<{ id: string }>(sql`select id from connections`));
  const connectionId = asId<ConnectionId>(row?.id ?? '');
  const keepers = new Keepers({ ...surroundings, connectionId });
  try {
    await keepers.start(processes);
    return await raceForTokens({
      sandbox,
      keepers,
      processes,
      expiries,
      random: seededRandom(seed),
      reconnect: async () => {
        const tokens = await consent(sandbox, () => new Date(sandbox.clock.now()));
        const place = { tenantId, connectionId, key: encryptionKey };
        await putTokens(new DrizzleUnitOfWork(database), place, sealed(tokens, place));
      },
    });
  } finally {
    await keepers.close();
    await database.close();
    await sandbox.stop();
  }
}

async function putTokens(
  uow: DrizzleUnitOfWork,
  { tenantId, connectionId }: { tenantId: TenantId; connectionId: ConnectionId },
  tokens: ReturnType<typeof sealed>,
): Promise<void> {
  await uow.run(tenantId, async (tx) => {
    const connection = await tx.connections.findByIdForUpdate(connectionId);
    await tx.connections.replaceTokens(connectionId, tokens);
    if (connection) await tx.connections.save({ ...connection, state: 'active', stateReason: null });
    return ok(undefined);
  });
}
