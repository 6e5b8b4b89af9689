import {
  compareAll,
  type Cluster,
  type Judgement,
  type Outcome,
  type PairVerdict,
} from '@koppel/domain/matching';
import { Dice } from '../dutch-groups/dice.js';
import { dutchGroups } from '../dutch-groups/generate.js';
import { toMatchRecord } from '../dutch-groups/to-match-record.js';
import { toPairwise, type Pairwise } from './pairwise.js';

export interface LearningFigures {
  /** Questions before anybody answered. */
  readonly asked: number;
  /** Questions once the answers are given. */
  readonly left: number;
  /** The same, had the answers told of their own pairs only. */
  readonly leftUntaught: number;
  /** Of the questions that what was learnt has set aside, those whose two are one relation. */
  readonly missed: number;
  /** Of what joins by itself or by an answer, between administrations. */
  readonly quality: Pairwise;
}

const taught = new Set(['hold-no-proof', 'hold-other-address']);

export interface Lesson {
  readonly rows: number;
  readonly seed: number;
  readonly hasUnlisted?: boolean;
  readonly answers: number;
  /**
   * drawn: at random from those that are asked for want of proof or for another address (the match page lists them by that
   * reason); queue: the first of all questions, as the match page shows them, most probable first; teaching: the first of all
   * in its other order, the most instructive first.
   */
  readonly order: 'drawn' | 'queue' | 'teaching';
}

/** Somebody who knows the truth answers questions, and everything is compared again. */
export function benchLearning({ rows, seed, hasUnlisted = false, answers, order }: Lesson): LearningFigures {
  const labelled = [...dutchGroups({ rows, seed, hasUnlisted })];
  const entityOf = new Map(labelled.map(({ id, entity }) => [id, entity]));
  const records = labelled.map(toMatchRecord);
  const before = compareAll(records);
  const questions = chosen[order](before.proposals, { answers, seed });
  const given = questions.map(({ a, b }): Judgement => ({
    a,
    b,
    isAnswer: true,
    verdict: isOne(entityOf, a, b) ? 'same' : 'different',
  }));
  const untaught = compareAll(records, { judgements: given.map(({ a, b, verdict }) => ({ a, b, verdict })) });
  const after = compareAll(records, { judgements: given });
  const isSettledApart = settledApartBy(after);
  return {
    asked: before.proposals.length,
    left: after.proposals.length,
    leftUntaught: untaught.proposals.length,
    missed: untaught.proposals.filter(({ a, b }) => isOne(entityOf, a, b) && isSettledApart(a, b)).length,
    quality: qualityOf(after.clusters, labelled, entityOf),
  };
}

/** Tells whether two records are neither in one group nor asked about, be it by another pair of their groups. */
function settledApartBy({ clusters, proposals }: Outcome): (a: string, b: string) => boolean {
  const groups = new Map(clusters.flatMap(({ members }, at) => members.map((id) => [id, `group ${at}`])));
  const groupOf = (id: string): string => groups.get(id) ?? id;
  const pairOf = (a: string, b: string): string => [groupOf(a), groupOf(b)].sort().join(' and ');
  const asked = new Set(proposals.map(({ a, b }) => pairOf(a, b)));
  return (a, b) => groupOf(a) !== groupOf(b) && !asked.has(pairOf(a, b));
}

type Choose = (
  questions: readonly PairVerdict[],
  lesson: Pick<Lesson, 'answers' | 'seed'>,
) => readonly PairVerdict[];

const chosen: Readonly<Record<Lesson['order'], Choose>> = {
  drawn: (questions, { answers, seed }) => new Dice(seed).several(questions.filter(isTaught), answers),
  queue: (questions, { answers }) => questions.slice(0, answers),
  teaching: (questions, { answers }) =>
    questions.toSorted((one, other) => placeOf(one) - placeOf(other)).slice(0, answers),
};

const placeOf = ({ teaching }: PairVerdict): number => teaching ?? Number.MAX_SAFE_INTEGER;

function isTaught({ reasons, vetoes }: PairVerdict): boolean {
  const holds = reasons.filter(({ key }) => key.startsWith('hold-'));
  return vetoes.length === 0 && holds.length === 1 && taught.has(holds[0]?.key ?? '');
}

function isOne(entityOf: ReadonlyMap<string, string>, a: string, b: string): boolean {
  return entityOf.get(a) === entityOf.get(b);
}

function qualityOf(
  clusters: readonly Cluster[],
  labelled: readonly { readonly administration: string; readonly entity: string }[],
  entityOf: ReadonlyMap<string, string>,
): Pairwise {
  let right = 0;
  let found = 0;
  for (const { members } of clusters) {
    for (let x = 1; x < members.length; x++) {
      for (let y = 0; y < x; y++) {
        found++;
        if (isOne(entityOf, members[x] ?? '', members[y] ?? '')) right++;
      }
    }
  }
  return toPairwise({ right, found, all: truePairs(labelled) });
}

/** Pairs of one party in different administrations. */
function truePairs(
  labelled: readonly { readonly administration: string; readonly entity: string }[],
): number {
  let pairs = 0;
  for (const rows of Map.groupBy(labelled, ({ entity }) => entity).values()) {
    const sizes = [...Map.groupBy(rows, ({ administration }) => administration).values()].map(
      ({ length }) => length,
    );
    const inside = sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
    pairs += (rows.length * (rows.length - 1)) / 2 - inside;
  }
  return pairs;
}
