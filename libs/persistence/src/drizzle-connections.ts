import { asc, eq, sql } from 'drizzle-orm';
import type { Connection, Connections, SealedTokens } from '@koppel/domain/administrations';
import { asId, type ConnectionId, type TenantId } from '@koppel/domain/kernel';
import type { Tx } from './database.js';
import { connections } from './schema/index.js';
import { isViolationOf } from './violation.js';

/** Connections over Postgres. Reads never select the tokens. */
export class DrizzleConnections implements Connections {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async findMany(): Promise<Connection[]> {
    const rows = await this.tx.select(publicColumns).from(connections).orderBy(asc(connections.region));
    return rows.map(toConnection);
  }

  async findById(id: ConnectionId): Promise<Connection | undefined> {
    const [row] = await this.tx.select(publicColumns).from(connections).where(eq(connections.id, id));
    return row && toConnection(row);
  }

  async findByIdForUpdate(id: ConnectionId): Promise<Connection | undefined> {
    const query = this.tx.select(publicColumns).from(connections).where(eq(connections.id, id));
    const [row] = await query.for('update');
    return row && toConnection(row);
  }

  async findByRegion(region: string): Promise<Connection | undefined> {
    const [row] = await this.tx.select(publicColumns).from(connections).where(eq(connections.region, region));
    return row && toConnection(row);
  }

  async add(connection: Connection, tokens: SealedTokens): Promise<'added' | 'region-taken'> {
    try {
      await this.tx.transaction((inner) =>
        inner
          .insert(connections)
          .values({ ...connection, ...tokens, tenantId: this.tenantId, generation: 1 }),
      );
      return 'added';
    } catch (error) {
      if (isViolationOf(error, 'connections_region')) return 'region-taken';
      throw error;
    }
  }

  async save(connection: Connection): Promise<void> {
    const { id, accessIssuedAt: _, ...columns } = connection;
    await this.tx.update(connections).set(columns).where(eq(connections.id, id));
  }

  async replaceTokens(id: ConnectionId, tokens: SealedTokens): Promise<void> {
    await this.setTokens(id, tokens);
  }

  async destroyTokens(id: ConnectionId): Promise<void> {
    await this.setTokens(id, noTokens);
  }

  private async setTokens(id: ConnectionId, tokens: SealedTokens | typeof noTokens): Promise<void> {
    await this.tx
      .update(connections)
      .set({ ...tokens, ...noUnreadAnswer, generation: nextGeneration })
      .where(eq(connections.id, id));
  }
}

/** Whatever it carries is of no use any more. */
export const noUnreadAnswer = { unreadAnswerCiphertext: null, unreadAnswerKeyId: null };

/** A refresh that is under way with the former tokens cannot overwrite those of a later generation. */
export const nextGeneration = sql`${connections.generation} + 1`;

const noTokens = {
  accessTokenCiphertext: null,
  refreshTokenCiphertext: null,
  keyId: null,
  refreshTokenHash: null,
  accessIssuedAt: null,
};

const publicColumns = {
  id: connections.id,
  region: connections.region,
  clientId: connections.clientId,
  exactUserId: connections.exactUserId,
  exactUserName: connections.exactUserName,
  state: connections.state,
  stateReason: connections.stateReason,
  authorisedBy: connections.authorisedBy,
  authorisedByName: connections.authorisedByName,
  authorisedAt: connections.authorisedAt,
  accessIssuedAt: connections.accessIssuedAt,
  listRequestedAt: connections.listRequestedAt,
  listedAt: connections.listedAt,
};

type PublicRow = Pick<typeof connections.$inferSelect, keyof typeof publicColumns>;

function toConnection(row: PublicRow): Connection {
  return { ...row, id: asId(row.id), state: row.state as Connection['state'] }; // our own rows
}
