import type { RelationId, SourceRelationId } from '../kernel/index.js';
import type { Link } from './link.js';
import type { AccountScope } from './source-relations.port.js';

export interface JoinedAccounts {
  readonly relationId: RelationId;
  readonly sourceRelationIds: readonly SourceRelationId[];
}

/** Which account belongs to which relation. */
export interface Links {
  /** By account, then role. */
  findOfSources(ids: readonly SourceRelationId[]): Promise<Link[]>;
  /** By account, then role; deleted ones too. */
  findOfRelations(ids: readonly RelationId[]): Promise<Link[]>;
  /** Relations that two present accounts or more of the scope belong to, and these by id; by relation, after `after`. */
  findJoined(after: RelationId | null, limit: number, scope?: AccountScope | null): Promise<JoinedAccounts[]>;
  /** Adds links of accounts that have none. Throws when one has by now: somebody else places the same accounts. */
  addMany(links: readonly Link[]): Promise<void>;
  /** Adds, or replaces the one of the same account and role. */
  putMany(links: readonly Link[]): Promise<void>;
  removeMany(links: readonly Pick<Link, 'sourceRelationId' | 'role'>[]): Promise<void>;
}

export interface LinksTx {
  readonly links: Links;
}
