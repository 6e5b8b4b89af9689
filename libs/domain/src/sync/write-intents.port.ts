import type { AdministrationId, RelationId, SourceRelationId, WriteIntentId } from '../kernel/index.js';
import type { AccountWrite, PartWrite, WriteIntent } from './write-intent.js';

export interface OpenOfPlans {
  readonly administrationId: AdministrationId;
  /** Accounts that are to be made. */
  readonly creates: number;
  readonly others: number;
}

/** Writes to Exact that are meant, under way or settled. */
export interface WriteIntents {
  addMany(intents: readonly WriteIntent[]): Promise<void>;
  findById(id: WriteIntentId): Promise<WriteIntent | undefined>;
  /** Those of the ids that there are, by id. */
  findMany(ids: readonly WriteIntentId[]): Promise<WriteIntent[]>;
  findByIdForUpdate(id: WriteIntentId): Promise<WriteIntent | undefined>;
  /** Planned, sent or uncertain ones of the accounts, oldest first. */
  findOpenOf(ids: readonly SourceRelationId[]): Promise<WriteIntent[]>;
  /** Of each account the last `limit` writes to it or its parts that failed, oldest first. */
  findFailedOf(ids: readonly SourceRelationId[], limit: number): Promise<WriteIntent[]>;
  /** The planned, sent or uncertain create of an account for the relation; there is at most one per administration. */
  findOpenCreate(
    relationId: RelationId,
    administrationId: AdministrationId,
  ): Promise<AccountWrite | undefined>;
  /** The planned, sent or uncertain creates of accounts for the relations; by id. */
  findOpenCreatesOf(relationIds: readonly RelationId[]): Promise<AccountWrite[]>;
  /** The newest create of an address of each type for each account of the relations, whatever came of it. */
  findLastAddressCreatesOf(relationIds: readonly RelationId[]): Promise<PartWrite[]>;
  /**
   * How many planned, sent or uncertain ones of plans there are, per administration that has any; without those that wait for an answer, or for the
   * return of their administration.
   */
  countOpenOfPlans(): Promise<OpenOfPlans[]>;
  /** Planned, sent or uncertain ones of contact persons, addresses and bank accounts in the administrations, by id, after the given one. */
  findOpenPartsIn(
    administrationIds: readonly AdministrationId[],
    after: WriteIntentId | null,
    limit: number,
  ): Promise<PartWrite[]>;
  /**
   * What waits in the administrations until `until` at most, planned or uncertain, is due now; what somebody holds at the moment stays as it is.
   * Gives their ids.
   */
  makeDue(
    administrationIds: readonly AdministrationId[],
    of: { readonly now: Date; readonly until: Date },
  ): Promise<WriteIntentId[]>;
  /**
   * What was not tried yet of the writes to the account, and is no part of a plan, is due now where it would look by `until`; what somebody holds
   * at the moment stays as it is. Gives their ids.
   */
  makeTurnsDue(
    account: SourceRelationId,
    of: { readonly now: Date; readonly until: Date },
  ): Promise<WriteIntentId[]>;
  save(intent: WriteIntent): Promise<void>;
}

export interface WriteIntentsTx {
  readonly writeIntents: WriteIntents;
}
