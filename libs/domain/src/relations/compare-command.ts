import type { AdministrationsTx } from '../administrations/index.js';
import type { IssuesTx } from '../issues/index.js';
import type { ContactHandling, Deps, OutboxTx, SyncRunId, TenantId } from '../kernel/index.js';
import type { WriteIntentsTx } from '../sync/index.js';
import type { ActionsTx } from './actions.port.js';
import type { ConflictsTx } from './conflicts.port.js';
import type { ErasureTx } from './erasure.port.js';
import type { JudgementsTx } from './judgements.port.js';
import type { LinksTx } from './links.port.js';
import type { KeysOfSource, MatchKeysTx } from './match-keys.port.js';
import type { MatchModelTx } from './match-model.port.js';
import type { Cluster, Doubles, Judgement, LearntModel, MatchRecord, PairVerdict } from './matching/index.js';
import type { ProposalsTx } from './proposals.port.js';
import type { RelationsTx } from './relations.port.js';
import type { SourceRelationsTx } from './source-relations.port.js';

export type CompareTx = SourceRelationsTx &
  RelationsTx &
  LinksTx &
  MatchKeysTx &
  MatchModelTx &
  JudgementsTx &
  ProposalsTx &
  ActionsTx &
  ConflictsTx &
  ErasureTx &
  AdministrationsTx &
  IssuesTx &
  WriteIntentsTx &
  OutboxTx;

/** The accounts that are compared with each other. */
export interface CompareInput {
  /** By id; asked for one after the other. */
  readonly pages: AsyncIterable<readonly MatchRecord[]>;
  readonly judgements: readonly Judgement[];
  /** About how many accounts come. */
  readonly expected: number;
  /** Told the candidate keys of each page's records, in the order of the pages. */
  readonly onKeys: (keys: readonly KeysOfSource[]) => Promise<void>;
}

/** An `Outcome` in portions, so that nobody holds all of it. Each can be walked through once, in this order. */
export interface Findings {
  readonly clusters: AsyncIterable<readonly Cluster[]>;
  readonly doubles: AsyncIterable<readonly Doubles[]>;
  readonly proposals: AsyncIterable<readonly PairVerdict[]>;
  /** At hand at once. */
  readonly learnt: LearntModel;
}

/** Compares, and hands the findings to `use`, after which they are gone; the worker does it in a thread of its own. */
export type CompareAccounts = <T>(input: CompareInput, use: (findings: Findings) => Promise<T>) => Promise<T>;

export interface CompareDeps extends Deps<CompareTx> {
  /** `compareHere` when left out. */
  readonly compareAccounts?: CompareAccounts;
}

export interface CompareRun {
  readonly tenantId: TenantId;
  readonly runId: SyncRunId;
  /** Initial and addition compare everything; a resync looks at what the run changed. */
  readonly runKind: 'initial' | 'addition' | 'resync';
  readonly contactHandling: ContactHandling;
  /** Accounts dealt with, of how many; for people to look at. */
  readonly onProgress: (done: number, total: number) => Promise<void> | void;
}

/** What comparing made of the run's accounts. */
export interface CompareCounts {
  /** New relations. */
  readonly relations: number;
  /** Accounts that joined another account's relation by themselves. */
  readonly mergedAutomatically: number;
  /** Questions for a person, doubles not counted. */
  readonly asked: number;
  /** Pairs inside one administration. */
  readonly doubles: number;
  /** Accounts that were new. */
  readonly created: number;
  /** Known accounts with another shared value than last time. */
  readonly changed: number;
  /** Accounts that Exact deleted. */
  readonly deleted: number;
  /** Fields changed differently on two sides. */
  readonly conflicts: number;
  /** Writes to Exact that follow. */
  readonly writes: number;
}

/** Nothing done yet. */
export const noCounts: CompareCounts = {
  relations: 0,
  mergedAutomatically: 0,
  asked: 0,
  doubles: 0,
  created: 0,
  changed: 0,
  deleted: 0,
  conflicts: 0,
  writes: 0,
};

/** The sum of two counts. */
export function addCounts(one: CompareCounts, other: Partial<CompareCounts>): CompareCounts {
  return {
    relations: one.relations + (other.relations ?? 0),
    mergedAutomatically: one.mergedAutomatically + (other.mergedAutomatically ?? 0),
    asked: one.asked + (other.asked ?? 0),
    doubles: one.doubles + (other.doubles ?? 0),
    created: one.created + (other.created ?? 0),
    changed: one.changed + (other.changed ?? 0),
    deleted: one.deleted + (other.deleted ?? 0),
    conflicts: one.conflicts + (other.conflicts ?? 0),
    writes: one.writes + (other.writes ?? 0),
  };
}
