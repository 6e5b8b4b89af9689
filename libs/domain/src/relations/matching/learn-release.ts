import { evaluate } from './evaluate.js';
import { indexJudgements } from './judgements.js';
import { partiesOf } from './parties.js';
import type { Batch, Edge } from './pair-edges.js';
import { nameOfKind } from './question-kinds.js';
import { isDoublePair } from './rivals.js';
import { releaseQuestions, type Answer, type KindOfQuestion, type Released } from './release.js';

interface Figures extends KindOfQuestion {
  readonly open: number[];
  readonly answers: Answer[];
}

/** Which questions the answers among the judgements make needless, by what the engine would say of those pairs itself. */
export function learnRelease(batch: Batch, edges: readonly Edge[]): Released {
  const kinds = new Map<string, Figures>();
  const figuresOf = (kind: number): Figures => {
    const name = nameOfKind(kind);
    const figures = kinds.get(name) ?? { open: [], answers: [] };
    kinds.set(name, figures);
    return figures;
  };
  const answers = answeredPairs(batch);
  if (answers.length === 0) return {};
  for (const { i, j, verdict, party } of answers) {
    const { kind, score } = evaluate(batch.records.at(i), batch.records.at(j), { ...batch, ...unjudged });
    if (kind !== 0) figuresOf(kind).answers.push({ score, verdict, party });
  }
  let certain = 0;
  for (const edge of edges) {
    if (isDoublePair(batch, edge)) continue;
    if (edge.isAutomatic) certain++;
    else if (edge.kind !== 0) figuresOf(edge.kind).open.push(edge.score);
  }
  return releaseQuestions(kinds, certain);
}

const unjudged = { judgements: indexJudgements([]) };

type AnsweredPair = Pick<Answer, 'verdict' | 'party'> & { readonly i: number; readonly j: number };

function answeredPairs(batch: Batch): AnsweredPair[] {
  const { pairs } = batch.judgements;
  if (!pairs.some(({ isAnswer }) => isAnswer)) return [];
  const positions = new Map(batch.records.ids.map((id, position) => [id, position]));
  const judged = pairs.flatMap(({ a, b, verdict, isAnswer }) => {
    const [i, j] = [positions.get(a), positions.get(b)];
    return i === undefined || j === undefined ? [] : [{ i, j, verdict, isAnswer }];
  });
  const partyAt = partiesOf(
    batch.records.length,
    judged.filter(({ verdict }) => verdict === 'same'),
  );
  return judged
    .filter(({ i, j, isAnswer }) => isAnswer && !isDoublePair(batch, { a: i, b: j }))
    .map(({ i, j, verdict }) => ({ i, j, verdict, party: partyAt(i) }));
}

/** The edges, those that are released joining by themselves. */
export function releaseEdges(edges: readonly Edge[], released: Released): readonly Edge[] {
  if (Object.keys(released).length === 0) return edges;
  return edges.map((edge) => (isReleased(released, edge) ? { ...edge, isAutomatic: true } : edge));
}

function isReleased(released: Released, { kind, score }: Edge): boolean {
  return kind !== 0 && score >= (released[nameOfKind(kind)] ?? Number.POSITIVE_INFINITY);
}
