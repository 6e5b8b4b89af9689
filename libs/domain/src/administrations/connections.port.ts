import type { ConnectionId } from '../kernel/index.js';
import type { Connection, SealedTokens } from './connection.js';

/** The connections of one tenant. Tokens go in here and are taken out by the token keeper only. */
export interface Connections {
  /** All, by country. */
  findMany(): Promise<Connection[]>;
  findById(id: ConnectionId): Promise<Connection | undefined>;
  /** Locks the row until the transaction ends. */
  findByIdForUpdate(id: ConnectionId): Promise<Connection | undefined>;
  findByRegion(region: string): Promise<Connection | undefined>;
  /** Answers `region-taken` when the tenant has a connection for that country already (race). */
  add(connection: Connection, tokens: SealedTokens): Promise<'added' | 'region-taken'>;
  /** Writes everything but the tokens and when they were issued. */
  save(connection: Connection): Promise<void>;
  /** New tokens of a new consent; a refresh that is under way with the old ones cannot overwrite them. */
  replaceTokens(id: ConnectionId, tokens: SealedTokens): Promise<void>;
  destroyTokens(id: ConnectionId): Promise<void>;
}

export interface ConnectionsTx {
  readonly connections: Connections;
}
