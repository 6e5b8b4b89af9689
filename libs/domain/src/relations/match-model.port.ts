import type { SyncRunId } from '../kernel/index.js';
import type { LearntAside, LearntModel } from './matching/index.js';

/** What answers do to questions of a kind: they join them by themselves, or set them aside. */
export type ReleasedDirection = 'joined' | 'aside';

/** What comparing everything has learnt of a tenant's names, for the accounts that are compared one by one later. */
export interface MatchModel {
  /** Takes the place of what earlier runs learnt. */
  put(runId: SyncRunId, model: LearntModel): Promise<void>;
  /**
   * The latest; undefined when this version of the matcher never compared everything. Then the candidate keys that are stored
   * are no longer its own either.
   */
  find(): Promise<LearntModel | undefined>;
  /** The run that learnt the latest, whatever its version. */
  findRun(): Promise<SyncRunId | undefined>;
  /**
   * Asks again what answers had made needless in that direction, until everything is compared anew; the other direction and
   * what was learnt of names stay. Until this transaction ends no other one puts a new model: it could not yet read why. With a kind
   * only that one. Says whether there was anything.
   */
  dropReleased(direction: ReleasedDirection, kind?: string): Promise<boolean>;
  /**
   * Sets a kind of question aside by what answers have taught since. False, and nothing done, where no comparison learnt anything yet, or
   * another transaction holds what was learnt: two that said "not the same" at one moment would wait for each other.
   */
  setAside(kind: string, learnt: LearntAside): Promise<boolean>;
  /**
   * Before somebody judges who may set a kind aside by it: the others wait then. Where another transaction goes on holding what was learnt,
   * false after a second; `setAside` does nothing then, and the next answer or comparison of everything learns it.
   */
  hold(): Promise<boolean>;
  /** As `find`, and nobody changes it until this transaction ends. */
  findToReplace(): Promise<LearntModel | undefined>;
  /** The kinds of question that are set aside, and how far; until this transaction ends nobody drops one. */
  findAside(): Promise<ReadonlyMap<string, LearntAside>>;
}

export interface MatchModelTx {
  readonly matchModel: MatchModel;
}
