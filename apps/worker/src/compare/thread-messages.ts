import type { Cluster, Doubles, Judgement, LearntModel, PairVerdict } from '@koppel/domain/matching';

/** What the comparing thread starts with. */
export interface ThreadData {
  readonly judgements: readonly Judgement[];
  /** About how many accounts come. */
  readonly expected: number;
  /** Raised with each page, so that the thread can sleep until then. */
  readonly bell: Int32Array<SharedArrayBuffer>;
}

/** To the thread: accounts as JSON (quicker to hand over than objects), null after the last; then requests for findings. */
export type ToThread =
  | { readonly kind: 'page'; readonly records: string | null }
  | { readonly kind: 'give'; readonly what: FindingKind };

export type FindingKind = 'clusters' | 'doubles' | 'proposals';

export interface FindingOf {
  readonly clusters: Cluster;
  readonly doubles: Doubles;
  readonly proposals: PairVerdict;
}

/** The candidate keys of some records, one record after the other; `ends` says where those of each end. */
export interface KeysOfRecords {
  readonly ids: readonly string[];
  readonly ends: readonly number[];
  readonly hashes: Float64Array;
}

/** From the thread. An empty portion is the last of its kind. */
export type FromThread =
  | { readonly kind: 'keys'; readonly keys: KeysOfRecords }
  | { readonly kind: 'compared'; readonly learnt: LearntModel }
  | { readonly kind: 'given'; readonly items: readonly FindingOf[FindingKind][] };
