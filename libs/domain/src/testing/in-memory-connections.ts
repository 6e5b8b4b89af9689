import type { Connection, Connections, SealedTokens } from '../administrations/index.js';
import { invariant, type ConnectionId } from '../kernel/index.js';

/** Connections in memory, for specs; `tokensOf` shows what is kept. */
export class InMemoryConnections implements Connections {
  private readonly rows = new Map<ConnectionId, Connection>();
  private readonly tokens = new Map<ConnectionId, SealedTokens>();

  constructor(connections: readonly Connection[] = []) {
    for (const one of connections) this.rows.set(one.id, one);
  }

  tokensOf(id: ConnectionId): SealedTokens | undefined {
    return this.tokens.get(id);
  }

  async findMany(): Promise<Connection[]> {
    return [...this.rows.values()].sort((a, b) => (a.region < b.region ? -1 : 1));
  }

  async findById(id: ConnectionId): Promise<Connection | undefined> {
    return this.rows.get(id);
  }

  async findByIdForUpdate(id: ConnectionId): Promise<Connection | undefined> {
    return this.rows.get(id);
  }

  async findByRegion(region: string): Promise<Connection | undefined> {
    return [...this.rows.values()].find((one) => one.region === region);
  }

  async add(connection: Connection, tokens: SealedTokens): Promise<'added' | 'region-taken'> {
    if (await this.findByRegion(connection.region)) return 'region-taken';
    this.rows.set(connection.id, { ...connection, accessIssuedAt: tokens.accessIssuedAt });
    this.tokens.set(connection.id, tokens);
    return 'added';
  }

  async save(connection: Connection): Promise<void> {
    const present = this.rows.get(connection.id);
    invariant(present, 'only a known connection is saved');
    this.rows.set(connection.id, { ...connection, accessIssuedAt: present.accessIssuedAt });
  }

  async replaceTokens(id: ConnectionId, tokens: SealedTokens): Promise<void> {
    this.tokens.set(id, tokens);
    this.setIssued(id, tokens.accessIssuedAt);
  }

  async destroyTokens(id: ConnectionId): Promise<void> {
    this.tokens.delete(id);
    this.setIssued(id, null);
  }

  private setIssued(id: ConnectionId, accessIssuedAt: Date | null): void {
    const present = this.rows.get(id);
    invariant(present, 'only a known connection has tokens');
    this.rows.set(id, { ...present, accessIssuedAt });
  }
}
