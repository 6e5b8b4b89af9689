import type { LearntModel } from './learnt-model.js';

/** One relation of one administration, as far as the matcher looks at it. Values are as the source gave them. */
export interface MatchRecord {
  readonly id: string;
  readonly administrationId: string;
  /** The administration's own debtor or creditor number. */
  readonly code: string | null;
  readonly name: string;
  /** What the source says the relation is; null or absent when it does not say. */
  readonly kind?: 'company' | 'person' | null;
  readonly tradeName?: string | null;
  readonly kvk: string | null;
  readonly vat: string | null;
  readonly rsin?: string | null;
  readonly ibans: readonly string[];
  readonly email: string | null;
  readonly phone: string | null;
  readonly website: string | null;
  readonly addressLine1: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  /** Two letters (ISO 3166); null is taken as the Netherlands. */
  readonly country: string | null;
  readonly isBlocked: boolean;
  /** The record is one of the coupled administrations itself (product decision 15). */
  readonly isOwnCompany: boolean;
}

export type Verdict = 'same' | 'different';

/** A person's decision on two records; it outranks every score. The last one given for a pair counts. */
export interface Judgement {
  readonly a: string;
  readonly b: string;
  readonly verdict: Verdict;
  /** A person looked at this very pair: it teaches what to do with others of its kind. */
  readonly isAnswer?: boolean;
}

/** One bar of the waterfall: a key of `reasonTexts`, what fills its template, and its weight in bits. */
export interface Reason {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly weight: number;
}

export type Band = 'automatic' | 'ask' | 'separate';

/** The verdict on two records; `a` sorts before `b`. The weights of `reasons` add up to `score` (bits). */
export interface PairVerdict {
  readonly a: string;
  readonly b: string;
  readonly score: number;
  readonly probability: number;
  readonly band: Band;
  readonly reasons: readonly Reason[];
  /** Why the two may not be joined, whatever the score; empty for most pairs. */
  readonly vetoes: readonly Reason[];
  /** The kind of question that it is (question-kinds.ts); empty where no answer to others tells of it. */
  readonly questionKind: string;
  /** Answers to others of its kind make it no question: it is `separate`, though a person may decide it. */
  readonly isSetAside: boolean;
  /** How many questions of the same comparison teach more than this one; absent where none was compared with others. */
  readonly teaching?: number;
}

/** Records of different administrations that are certainly one relation; `score` is that of the worst pair. */
export interface Cluster {
  readonly members: readonly string[];
  readonly score: number;
}

/** Records inside one administration that look like one relation. Never merged automatically. */
export interface Doubles {
  readonly administrationId: string;
  readonly members: readonly string[];
  readonly pairs: readonly PairVerdict[];
}

export interface MatchStatistics {
  readonly records: number;
  readonly administrations: number;
  /** Pairs of records that share at least one candidate key. */
  readonly candidatePairs: number;
  readonly automaticPairs: number;
  readonly askedPairs: number;
  readonly vetoedPairs: number;
  /** Candidate keys shared by so many records that they were divided by a second key. */
  readonly keysDivided: number;
  readonly clusters: number;
  readonly largestCluster: number;
  readonly proposals: number;
  readonly doubles: number;
}

export interface Outcome {
  /** Certain groups of two or more, first member first. */
  readonly clusters: readonly Cluster[];
  /** Questions: one per pair of clusters, most probable first. */
  readonly proposals: readonly PairVerdict[];
  /** What would be questions, had answers not set them aside: one per pair of clusters of which nothing else is asked, best first. */
  readonly setAside: readonly PairVerdict[];
  readonly doubles: readonly Doubles[];
  /** What the records taught, for later comparisons of single ones. */
  readonly learnt: LearntModel;
  readonly statistics: MatchStatistics;
}

/** How many different companies use a value; kinds that can be shared without being one company. */
export type SharedKind = 'phone' | 'mail' | 'domain' | 'iban' | 'address' | 'kvk';

/** What a comparison of two records must know of the others. Without it every value counts as exclusive. */
export interface MatchContext {
  /** Different name stems that use `value` (as `sharedValues` spells it); 1 when unknown. */
  readonly stemsUsing?: (kind: SharedKind, value: string) => number;
  readonly judgements?: readonly Judgement[];
  /** What a comparison of everything has learnt of names; without it the built-in word lists speak alone. */
  readonly learnt?: LearntModel;
}
