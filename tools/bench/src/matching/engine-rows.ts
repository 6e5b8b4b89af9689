import { benchIncremental } from './incremental.js';
import { benchLearning, type Lesson } from './learning.js';
import type { Pairwise } from './pairwise.js';
import type { MatchRun } from './run-match.js';

/** A goal, and what was measured of it. */
export interface Row {
  readonly goal: string;
  readonly name: string;
  readonly quality?: Pairwise;
  readonly run?: MatchRun;
  readonly reference: string;
  readonly must: string;
  /** Null: the run was too small to tell. */
  readonly isMet: boolean | null;
}

const addedRows = 10_000;
const knownRows = 1_000_000;

/** G10: a new administration, and one relation of it. */
export function incrementalRows(rowsMax: number, seed: number): Row[] {
  const known = Math.min(knownRows, rowsMax);
  const { p95Ms, comparedPerRelation, seconds } = benchIncremental(known, addedRows, seed);
  const among = `${addedRows.toLocaleString('en')} relations against ${known.toLocaleString('en')}, engine alone`;
  const each = comparedPerRelation.toFixed(1);
  return [
    {
      goal: 'G10',
      name: `${among}: ${seconds.toFixed(1)} s, ${each} candidates each`,
      reference: '-',
      must: '≤ 10 s (against 1,000,000)',
      isMet: isMetAmong(known, seconds <= 10),
    },
    {
      goal: 'G10',
      name: `one of them: p95 ${p95Ms.toFixed(1)} ms`,
      reference: '-',
      must: '≤ 20 ms (against 1,000,000)',
      isMet: isMetAmong(known, p95Ms <= 20),
    },
  ];
}

const learningRowsMax = 30_000;
const lessons: readonly (Omit<Lesson, 'rows' | 'seed'> & Partial<Lesson>)[] = [
  { answers: 100, order: 'drawn' },
  { answers: 300, order: 'drawn' },
  { answers: 100, order: 'queue' },
  { answers: 100, order: 'teaching' },
  { answers: 100, order: 'teaching', seed: 1 },
  { answers: 100, order: 'teaching', seed: 7, hasUnlisted: true },
  { answers: 100, order: 'teaching', seed: 33, hasUnlisted: true },
];

/** G13, by somebody who knows the truth: questions drawn from the kinds that can be learnt, and the first of the queue in both of its orders. */
export function learningRows(rowsMax: number, seed: number): Row[] {
  const rows = Math.min(learningRowsMax, rowsMax);
  return lessons.map((lesson) => learningRow({ rows, seed, ...lesson }));
}

/**
 * What counts is how many questions a person is asked in all, the answers that taught among them, beside how many there were. Two other
 * readings stand beside it: of what nobody answered the share that needs no answer any more, and what is left of all that there was.
 * Those that answers settle along with their own are among them; how many that are by themselves is the last figure.
 */
function learningRow(lesson: Lesson): Row {
  const { asked, left, leftUntaught, missed, quality } = benchLearning(lesson);
  const fewer = 1 - (lesson.answers + left) / asked;
  const ofUnanswered = 1 - left / (asked - lesson.answers);
  const figures = [
    `${percent(fewer)} asked`,
    `${percent(ofUnanswered)} of what nobody answered`,
    `${percent(1 - left / asked)} left`,
    `${percent(1 - left / leftUntaught)} learnt`,
  ].join(', ');
  const set = `generated ${lesson.rows.toLocaleString('en')}, seed ${lesson.seed}${lesson.hasUnlisted ? ', unusual words' : ''}`;
  const questions = `${asked} questions, ${lesson.answers} answers ${orders[lesson.order]}`;
  return {
    goal: 'G13',
    name: `${set}, ${questions}: ${left} left, ${leftUntaught} if nothing was learnt (${figures}); ${missed} set aside were one`,
    quality,
    reference: 'dedupe, Zingg: no start without labels',
    must: '−30 % at precision ≥ .999',
    isMet: fewer >= 0.3 && quality.precision >= 0.999,
  };
}

/** As many per cent fewer, or more. */
const percent = (fewer: number): string => `${fewer < 0 ? '+' : '−'}${Math.abs(fewer * 100).toFixed(0)} %`;

const orders = {
  drawn: 'at random',
  queue: 'from the first on',
  teaching: 'the most instructive first',
} as const;

// Fewer relations than the goal speaks of can only show that it is missed.
function isMetAmong(known: number, isMet: boolean): boolean | null {
  return isMet && known < knownRows ? null : isMet;
}
