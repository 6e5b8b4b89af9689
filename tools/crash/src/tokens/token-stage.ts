import { sql } from 'drizzle-orm';
import { asId, ok, type ConnectionId, type TenantId } from '@koppel/domain/kernel';
import { startSandbox, type Sandbox } from '@koppel/exact-sandbox';
import { connect, DrizzleUnitOfWork, inSystem } from '@koppel/persistence';
import { addTenant } from '../add-tenant.js';
import { consent, sealed } from '../consent.js';
import { CrashPoints } from '../crash-points.js';
import { openServices } from '../open-services.js';
import type { KeeperSetup } from './keeper-job.js';

/** A tenant with one connection, and an Exact whose clock stands still. */
export interface TokenStage {
  readonly sandbox: Sandbox;
  /** What a keeper's process needs to know. */
  readonly setup: Omit<KeeperSetup, 'name'>;
  /** What the connection's state is by now. */
  readonly state: () => Promise<string | undefined>;
  /** A person consents again. */
  readonly reconnect: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** In a migrated, empty database. */
export async function openTokenStage(databaseUrl: string, encryptionKey: string): Promise<TokenStage> {
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
  const read = async () => {
    const query = sql`select id, state from connections`;
    const [row] = await inSystem(database, (tx) => tx.execute<{ id: string; state: string }>(query));
    return row;
  };
  const connectionId = asId<ConnectionId>((await read())?.id ?? '');
  return {
    sandbox,
    setup: { ...surroundings, connectionId },
    state: async () => (await read())?.state,
    reconnect: async () => {
      const tokens = await consent(sandbox, () => new Date(sandbox.clock.now()));
      const place = { tenantId, connectionId, key: encryptionKey };
      await putTokens(new DrizzleUnitOfWork(database), place, sealed(tokens, place));
    },
    close: async () => {
      await database.close();
      await sandbox.stop();
    },
  };
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
