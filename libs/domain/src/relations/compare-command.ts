import type { AdministrationsTx } from '../administrations/index.js';
import type { IssuesTx } from '../issues/index.js';
import type { ContactHandling, Deps, OutboxTx, SyncRunId, TenantId } from '../kernel/index.js';
import type { Comparison, SyncRuns, WriteIntentsTx } from '../sync/index.js';
import type { ActionsTx } from './actions.port.js';
import { addComparisons, noComparison } from './comparison.js';
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
  OutboxTx &
  ToldTx;

/** Where each part of comparing tells what it came to. */
export interface ToldTx {
  readonly syncRuns: Pick<SyncRuns, 'addComparison'>;
}

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
  /** Questions, then what answers have set aside. */
  readonly proposals: AsyncIterable<readonly PairVerdict[]>;
  /** At hand at once. */
  readonly learnt: LearntModel;
}

/** Compares, and hands the findings to `use`, after which they are gone; the worker does it in a thread of its own. */
export type CompareAccounts = <T>(input: CompareInput, use: (findings: Findings) => Promise<T>) => Promise<T>;

export interface CompareDeps extends Deps<CompareTx> {
  /** `compareHere` when left out. */
  readonly compareAccounts?: CompareAccounts;
  /** `atOnceByDefault` when left out. */
  readonly accountsAtOnce?: AccountsAtOnce;
  /** Lets others have their turn in long work without waiting; nobody waits when left out. */
  readonly pause?: () => Promise<void>;
  /** Told before accounts are compared party by party, which takes long and has much in use. */
  readonly beforeParties?: () => void;
}

/**
 * How many accounts are compared with each other in memory, some 1.5 kB each (issue 4, point 8: a worker of 512 MB). Of a larger tenant the
 * engine learns from some, and then accounts are compared party by party, by the keys that are stored: slower, with the same outcome.
 */
export interface AccountsAtOnce {
  /** Of a tenant with no more accounts than this all are. */
  readonly allUpTo: number;
  /** Of a larger one these, to learn from. */
  readonly elseUpTo: number;
  /** Accounts whose parties are looked for together: each time most of the stored keys are read. */
  readonly perLookUp: number;
  /**
   * Accounts without a relation in one party, which is compared and placed in one transaction (the largest of a million accounts has 44). Whoever
   * it reaches beyond comes later, and finds the others placed.
   */
  readonly perParty: number;
}

export const atOnceByDefault: AccountsAtOnce = {
  allUpTo: 200_000,
  elseUpTo: 100_000,
  perLookUp: 7_500,
  perParty: 2_000,
};

export interface CompareRun {
  readonly tenantId: TenantId;
  readonly runId: SyncRunId;
  /** Initial and addition compare everything; a resync looks at what the run changed. */
  readonly runKind: 'initial' | 'addition' | 'resync';
  readonly contactHandling: ContactHandling;
  /** Accounts dealt with, of how many; for people to look at. */
  readonly onProgress: (done: number, total: number) => Promise<void> | void;
}

/**
 * What comparing made of the run's accounts: new relations, accounts that joined another account's relation by themselves, questions for a
 * person (doubles, pairs inside one administration, not among them), accounts that were new, known ones with another shared value, those
 * that Exact deleted, fields changed differently on two sides, and the writes to Exact that follow.
 */
export type CompareCounts = Comparison;

/** Nothing done yet. */
export const noCounts: CompareCounts = noComparison;

/** The sum of two counts. */
export const addCounts = addComparisons;

/**
 * Tells what a part of comparing came to, in the transaction that did it: a run that goes on after a crash tells in the end of all that was
 * done, and of nothing twice. Gives the counts back.
 */
export async function tell(
  tx: ToldTx,
  { runId }: Pick<CompareRun, 'runId'>,
  counts: CompareCounts,
): Promise<CompareCounts> {
  if (Object.values(counts).some((count) => count !== 0)) await tx.syncRuns.addComparison(runId, counts);
  return counts;
}
