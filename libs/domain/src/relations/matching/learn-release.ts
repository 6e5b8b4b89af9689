import { evaluate } from './evaluate.js';
import { indexJudgements } from './judgements.js';
import type { Batch, Edge } from './pair-edges.js';
import { nameOfKind } from './question-kinds.js';
import { isDoublePair } from './rivals.js';
import { releaseQuestions, type KindOfQuestion, type Released } from './release.js';

interface Figures extends KindOfQuestion {
  readonly open: number[];
  readonly answers: { readonly score: number; readonly verdict: 'same' | 'different' }[];
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
  for (const { i, j, verdict } of answers) {
    const { kind, score } = evaluate(batch.records.at(i), batch.records.at(j), { ...batch, ...unjudged });
    if (kind !== 0) figuresOf(kind).answers.push({ score, verdict });
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

function answeredPairs(batch: Batch): { i: number; j: number; verdict: 'same' | 'different' }[] {
  const answers = batch.judgements.pairs.filter(({ isAnswer }) => isAnswer);
  if (answers.length === 0) return [];
  const positions = new Map(batch.records.ids.map((id, position) => [id, position]));
  return answers.flatMap(({ a, b, verdict }) => {
    const [i, j] = [positions.get(a), positions.get(b)];
    if (i === undefined || j === undefined || isDoublePair(batch, { a: i, b: j })) return [];
    return [{ i, j, verdict }];
  });
}

/** The edges, those that are released joining by themselves. */
export function releaseEdges(edges: readonly Edge[], released: Released): readonly Edge[] {
  if (Object.keys(released).length === 0) return edges;
  return edges.map((edge) => (isReleased(released, edge) ? { ...edge, isAutomatic: true } : edge));
}

function isReleased(released: Released, { kind, score }: Edge): boolean {
  return kind !== 0 && score >= (released[nameOfKind(kind)] ?? Number.POSITIVE_INFINITY);
}
