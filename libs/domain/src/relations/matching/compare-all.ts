import { cluster, joiningEdges, type Clustering } from './cluster.js';
import { FreeAnswerBook, type FreeAnswers } from './free-answers.js';
import { answeredPairs, learnRelease, releaseEdges, type Lesson } from './learn-release.js';
import { asideGroundOf } from './learn-aside.js';
import type { LearntModel } from './learnt-model.js';
import type {
  Cluster,
  Doubles,
  Judgement,
  MatchContext,
  MatchRecord,
  MatchStatistics,
  Outcome,
  PairVerdict,
} from './match-record.js';
import {
  clustersOf,
  explained,
  explainedAside,
  explainedDoubles,
  findDoubles,
  questionsOf,
  type Questions,
} from './outcome.js';
import type { Edges } from './edges.js';
import { findEdges, type Batch } from './pair-edges.js';
import { prepareBatch } from './prepare-batch.js';
import type { ReportKeys } from './read-records.js';
import type { Released } from './release.js';
import { contestedEdges, isDoublePair, sameAdministration } from './rivals.js';

export interface CompareAllOptions {
  readonly judgements?: readonly Judgement[];
  /** `ignored` lets doubles of one administration join as well; for benchmarks, never for a tenant's data. */
  readonly administrations?: 'one-each' | 'ignored';
  /** What an earlier comparison learnt, in place of what these records teach. */
  readonly learnt?: LearntModel;
  /** As in `MatchContext`, for records that are only some of all; without it these records are all there are. */
  readonly stemsUsing?: MatchContext['stemsUsing'];
  /** Steps done of a total; reading records is the first half, comparing them the second. Not called for every record. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Told each record's candidate keys while records are read, as `candidateKeys` gives them. */
  readonly onKeys?: ReportKeys;
  /** About how many records there are: memory for them is taken once then. */
  readonly expected?: number;
}

/**
 * Compares all records of all administrations: certain groups, questions, and doubles inside one administration. The
 * result is the same for every order of the input. Ids must be unique; a repeated id is a RangeError. Bounded by 4 million
 * records; memory is about 1 kB per record.
 */
export function compareAll(input: Iterable<MatchRecord>, options: CompareAllOptions = {}): Outcome {
  const { clusters, doubles, questions, setAside, ...outcome } = compareInPortions(input, options);
  return {
    ...outcome,
    clusters: [...clusters],
    doubles: [...doubles],
    proposals: [...questions],
    setAside: [...setAside],
  };
}

/** An `Outcome` whose findings are made while they are walked through, which can be done once each. */
export interface OutcomeInPortions extends Omit<Outcome, 'clusters' | 'doubles' | 'proposals' | 'setAside'> {
  readonly clusters: Iterable<Cluster>;
  readonly doubles: Iterable<Doubles>;
  /** Most probable first. */
  readonly questions: Iterable<PairVerdict>;
  /** What answers have set aside. */
  readonly setAside: Iterable<PairVerdict>;
}

/** As `compareAll`, for many records: explained questions would take more memory than all that was compared. */
export function compareInPortions(
  input: Iterable<MatchRecord>,
  options: CompareAllOptions = {},
): OutcomeInPortions {
  const { batch, index, learnt } = prepareBatch(input, {
    ...options,
    administrations: options.administrations ?? 'one-each',
  });
  const free = new FreeAnswerBook(batch);
  const onPair = options.learnt ? undefined : free.look.bind(free);
  const { records } = batch;
  const report = (fraction: number): void =>
    options.onProgress?.(records.length + Math.floor(records.length * fraction), records.length * 2);
  const { edges: found, counts } = findEdges(batch, index, { onProgress: report, onPair });
  const lesson = options.learnt ?? learnFrom(batch, found, free.answers);
  const taught = { ...batch, released: lesson.released, answers: lesson.answers };
  const { edges, contested, clustering, questions } = groupEdges(batch, found, lesson.released);
  const doubles = findDoubles(batch, edges);
  options.onProgress?.(records.length * 2, records.length * 2);
  return {
    clusters: clustersOf(batch, clustering),
    questions: explained(batch, questions.asked, {
      demotions: { contested, blocked: clustering.blocked },
      groupOf: clustering.groupOf,
      free: free.answers,
    }),
    setAside: explainedAside(taught, questions.setAside),
    doubles: explainedDoubles(batch, doubles),
    learnt: {
      ...learnt,
      released: lesson.released,
      answers: lesson.answers,
      aside: options.learnt ? learnt.aside : asideGroundOf(countCertain(batch, found), free.answers),
    },
    statistics: {
      ...counts,
      ...sizesOf(batch, edges, clustering),
      keysDivided: index.keysDivided,
      proposals: questions.asked.length,
      doubles: doubles.length,
    },
  };
}

/** Pairs that join by themselves, whatever answers say. */
function countCertain(batch: Batch, found: Edges): number {
  let certain = 0;
  for (const edge of found) if (edge.isAutomatic && !isDoublePair(batch, edge)) certain++;
  return certain;
}

function learnFrom(batch: Batch, found: Edges, free: FreeAnswers): Lesson {
  const answers = answeredPairs(batch);
  if (answers.length === 0) return { released: {}, answers: {} };
  const { clustering, questions } = groupEdges(batch, found, {});
  return learnRelease(batch, { answers, free, edges: found, clustering, questions: questions.asked });
}

interface Grouped {
  readonly edges: Edges;
  readonly contested: ReadonlySet<number>;
  readonly clustering: Clustering;
  readonly questions: Questions;
}

function groupEdges(batch: Batch, found: Edges, released: Released): Grouped {
  const edges = releaseEdges(found, released);
  const contested = contestedEdges(batch, edges);
  const clustering = cluster(batch, edges, { places: joiningEdges(batch, edges, contested) });
  return { edges, contested, clustering, questions: questionsOf(batch, clustering, { edges, released }) };
}

function sizesOf(
  batch: Batch,
  edges: Edges,
  clustering: Clustering,
): Pick<
  MatchStatistics,
  'records' | 'administrations' | 'automaticPairs' | 'askedPairs' | 'clusters' | 'largestCluster'
> {
  let automaticPairs = 0;
  for (const edge of edges) if (edge.isAutomatic && !sameAdministration(batch, edge)) automaticPairs++;
  let largestCluster = 0;
  for (const members of clustering.groups.values()) largestCluster = Math.max(largestCluster, members.length);
  return {
    records: batch.records.length,
    administrations: batch.records.administrations().size,
    automaticPairs,
    askedPairs: edges.length - automaticPairs,
    clusters: clustering.groups.size,
    largestCluster,
  };
}
