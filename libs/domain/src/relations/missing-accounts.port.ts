import type { Administration } from '../administrations/index.js';
import type { AdministrationId, WriteIntentId } from '../kernel/index.js';
import type { CallPurpose } from '../sync/index.js';
import type { WritePace } from './write-pace.js';

/** Where accounts are missed. */
export interface MissedIn {
  readonly administrations: readonly Pick<Administration, 'id' | 'writePolicy'>[];
  /** YYYY-MM-DD. */
  readonly today: string;
}

export interface MissingSum {
  /** Per administration that misses any. */
  readonly counts: ReadonlyMap<AdministrationId, number>;
  /** Beside those, the ones that wait for an answer: an account there may be the relation (`Proposals.findQuestioned`). */
  readonly waiting: ReadonlyMap<AdministrationId, number>;
  /** Another text when an account comes or goes, or begins with other values, in another role, or with other addresses or contact persons. */
  readonly digest: string;
}

export interface MeantSum extends MissingSum {
  /** What is due now. */
  readonly atOnce: readonly WriteIntentId[];
}

export interface MeantAs {
  readonly byName: string;
  readonly purpose: CallPurpose;
  readonly now: Date;
  /** Of an administration they go out behind what was counted already. */
  readonly pace: WritePace;
}

/**
 * The accounts that relations lack in administrations (as `Relations.findLacking` says it), all at once: a plan may have a million of them. Those
 * that are being made already are none.
 */
export interface MissingAccounts {
  sumUp(of: MissedIn): Promise<MissingSum>;
  /**
   * Plans to make them, by relation, all in one step; says what was planned. Each says all that its relation does and the administration does not
   * keep to itself; what it begins with is chosen when its turn comes (`valuesToCreate`). Those that wait for an answer take nothing of the pace.
   */
  meanAll(of: MissedIn, as: MeantAs): Promise<MeantSum>;
}

export interface MissingAccountsTx {
  readonly missingAccounts: MissingAccounts;
}
