import { evaluate } from './evaluate.js';
import type { Clustering } from './cluster.js';
import { countApart } from './learn-aside.js';
import type { FreeAnswers } from './free-answers.js';
import { indexJudgements } from './judgements.js';
import type { LearntModel } from './learnt-model.js';
import { partiesOf } from './parties.js';
import type { Edge, Edges } from './edges.js';
import { pairNumber, type Batch } from './pair-edges.js';
import { isAsideKind, isReleased, nameOfKind } from './question-kinds.js';
import { isDoublePair } from './rivals.js';
import { releaseQuestions, type Answer, type KindOfQuestion, type Released } from './release.js';
import { setAside } from './set-aside.js';

interface Figures extends KindOfQuestion {
  readonly open: number[];
  readonly pairs: number[];
  readonly answers: Answer[];
}

/** What was found and asked before answers taught anything. */
export interface Taught {
  readonly answers: readonly AnsweredPair[];
  readonly free: FreeAnswers;
  readonly edges: Edges;
  readonly clustering: Clustering;
  readonly questions: readonly Edge[];
}

/** What answers have made needless, and how many of them set a kind aside. */
export type Lesson = Pick<LearntModel, 'released' | 'answers'>;

/** Which questions the answers among the judgements make needless, by what the engine would say of those pairs itself. */
export function learnRelease(batch: Batch, { answers, free, edges, clustering, questions }: Taught): Lesson {
  const [joined, aside] = [new Map<string, Figures>(), new Map<string, Figures>()];
  const figuresOf = (kind: number): Figures => {
    const name = nameOfKind(kind);
    const kinds = isAsideKind(kind) ? aside : joined;
    const figures = kinds.get(name) ?? { open: [], pairs: [], answers: [], free: free.get(name) ?? [] };
    kinds.set(name, figures);
    return figures;
  };
  for (const { i, j, verdict, party } of answers) {
    const { kind, score } = evaluate(batch.records.at(i), batch.records.at(j), { ...batch, ...unjudged });
    if (kind !== 0) figuresOf(kind).answers.push({ score, verdict, party });
  }
  for (const { a, b, kind, score } of questions) {
    if (kind === 0) continue;
    const { open, pairs } = figuresOf(kind);
    open.push(score);
    for (let made = groupSize(clustering, a) * groupSize(clustering, b); made > 0; made--) pairs.push(score);
  }
  let certain = 0;
  for (const edge of edges) if (edge.isAutomatic && !isDoublePair(batch, edge)) certain++;
  const setAsideTo = setAside(aside, certain);
  return {
    released: { ...releaseQuestions(joined, certain), ...setAsideTo },
    answers: Object.fromEntries(
      Object.entries(setAsideTo).map(([kind, upTo]) => [
        kind,
        countApart(aside.get(kind)?.answers ?? [], upTo),
      ]),
    ),
  };
}

function groupSize({ groups, groupOf }: Clustering, record: number): number {
  return groups.get(groupOf[record] ?? record)?.length ?? 1;
}

const unjudged = { judgements: indexJudgements([]) };

export type AnsweredPair = Pick<Answer, 'verdict' | 'party'> & { readonly i: number; readonly j: number };

/** The pairs that a person answered, of which all records are there. */
export function answeredPairs(batch: Batch): AnsweredPair[] {
  const { pairs } = batch.judgements;
  if (!pairs.some(({ isAnswer }) => isAnswer)) return [];
  const { ids } = batch.records;
  const judged = pairs.flatMap(({ a, b, verdict, isAnswer }) => {
    const [i, j] = [ids.positionOf(a), ids.positionOf(b)];
    return i < 0 || j < 0 ? [] : [{ i, j, verdict, isAnswer }];
  });
  const partyAt = partiesOf(
    batch.records.length,
    judged.filter(({ verdict }) => verdict === 'same'),
  );
  return judged
    .filter(({ i, j, isAnswer }) => isAnswer && !isDoublePair(batch, { a: i, b: j }))
    .map(({ i, j, verdict }) => {
      const [one, other] = [partyAt(i), partyAt(j)];
      const party =
        verdict === 'same'
          ? one
          : pairNumber(Math.min(one, other), Math.max(one, other), batch.records.length);
      return { i, j, verdict, party };
    });
}

/** The edges, those that are released joining by themselves. Those that are set aside stay: they may be rivals. */
export function releaseEdges(edges: Edges, released: Released): Edges {
  if (Object.keys(released).length === 0) return edges;
  return edges.madeAutomatic((edge) => isReleased(edge, released));
}
