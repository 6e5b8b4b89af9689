import { describe, expect, it } from 'vitest';
import type { FreeAnswers } from './free-answers.js';
import { answersNeeded } from './release.js';
import { teachingOrder, type OpenQuestion } from './teaching-order.js';

const noKind = 0;
const noProof = 1;
const otherAddress = 5;
const otherForm = 8;

/** Questions of one kind, each about a party of its own; `first` is the first group. */
function questionsOf(kind: number, scores: readonly number[], first = 0): OpenQuestion[] {
  return scores.map((score, n) => ({ left: first + 2 * n, right: first + 2 * n + 1, kind, score }));
}

const scoresUp = (count: number): number[] => Array.from({ length: count }, (_, n) => 10 + n / 10);

describe('teachingOrder', () => {
  it('orders every question once', () => {
    const questions = [...questionsOf(noProof, scoresUp(80)), ...questionsOf(noKind, scoresUp(20), 160)];

    expect([...teachingOrder(questions, 200)].sort((one, other) => one - other)).toEqual([
      ...questions.keys(),
    ]);
  });

  it('asks first what fills a kind of which more questions are left than answers are needed', () => {
    const questions = [...questionsOf(noKind, scoresUp(60)), ...questionsOf(noProof, scoresUp(80), 120)];
    const first = teachingOrder(questions, 280).slice(0, answersNeeded);

    expect(first.every((at) => questions[at]?.kind === noProof)).toBe(true);
  });

  it('leaves a kind alone that is too small to spare anything', () => {
    const questions = [
      ...questionsOf(noKind, scoresUp(5)),
      ...questionsOf(noProof, scoresUp(answersNeeded), 10),
    ];

    expect(teachingOrder(questions, 10 + 2 * answersNeeded)[0]).toBe(0);
  });

  it('leaves a kind alone of which many will be "not the same"', () => {
    const unlikely = questionsOf(
      otherAddress,
      Array.from({ length: 200 }, () => 1),
    );
    const questions = [...questionsOf(noProof, scoresUp(80), 400), ...unlikely];
    const first = teachingOrder(questions, 560).slice(0, answersNeeded);

    expect(first.every((at) => questions[at]?.kind === noProof)).toBe(true);
  });

  it('spreads a kind over its scores, more of them low, since those vouch for what is above them', () => {
    const questions = questionsOf(noProof, scoresUp(100));
    const first = teachingOrder(questions, 200).slice(0, answersNeeded);
    const halves = [0, 50].map((from) => first.filter((at) => at >= from && at < from + 50).length);

    expect(first[0]).toBe(0);
    expect(halves[0]).toBeGreaterThan(halves[1] ?? 0);
    expect(halves[1]).toBeGreaterThan(answersNeeded / 6);
  });

  it('asks early about a kind that may be set aside, with more answers where registration numbers doubt it', () => {
    const rivals = questionsOf(noKind, scoresUp(60));
    const questions = [...rivals, ...questionsOf(otherForm, scoresUp(40), 120)];
    const doubted = scoresUp(20).map(
      (score, n) => ({ score, verdict: n % 10 === 9 ? 'same' : 'different' }) as const,
    );
    const asked = (free: FreeAnswers) =>
      teachingOrder(questions, 200, free).findIndex((at) => questions[at]?.kind === noKind);

    expect(asked(new Map())).toBe(8);
    expect(asked(new Map([['aside/form', doubted]]))).toBeGreaterThan(8);
  });

  it('asks of a kind that may be set aside the highest scores first, since those vouch for what is below them', () => {
    const questions = questionsOf(otherForm, scoresUp(100));

    expect(teachingOrder(questions, 200)[0]).toBe(99);
  });

  it('leaves a kind alone of which registration numbers say that many are "not the same"', () => {
    const questions = [...questionsOf(noKind, scoresUp(5)), ...questionsOf(noProof, scoresUp(80), 10)];
    const different = scoresUp(80).map((score) => ({ score, verdict: 'different' as const }));

    expect(teachingOrder(questions, 170, new Map([['hold-no-proof', different]]))[0]).toBe(0);
  });

  it('asks one question per party before a second one', () => {
    const parties = 60;
    const questions = Array.from({ length: 2 * parties }, (_, n): OpenQuestion => {
      const party = Math.floor(n / 2);
      return { left: 3 * party, right: 3 * party + 1 + (n % 2), kind: noProof, score: 12 };
    });
    const first = teachingOrder(questions, 3 * parties).slice(0, answersNeeded);

    expect(new Set(first.map((at) => Math.floor(at / 2))).size).toBe(answersNeeded);
  });

  it('asks first where two answers tell the third', () => {
    const questions: OpenQuestion[] = [
      { left: 0, right: 1, kind: noKind, score: 20 },
      { left: 2, right: 3, kind: noKind, score: 18 },
      { left: 2, right: 4, kind: noKind, score: 17 },
      { left: 3, right: 4, kind: noKind, score: 16 },
    ];

    expect(teachingOrder(questions, 5)).toEqual([1, 2, 3, 0]);
  });

  it('says nothing of no questions', () => {
    expect(teachingOrder([], 0)).toEqual([]);
  });
});
