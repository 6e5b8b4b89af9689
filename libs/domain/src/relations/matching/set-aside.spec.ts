import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, KindOfQuestion } from './release.js';
import { setAside } from './set-aside.js';

/** Answers each on a party of its own. */
let parties = 0;
const answersWith =
  (verdict: Answer['verdict']) =>
  (...scores: number[]): Answer[] =>
    scores.map((score) => ({ score, verdict, party: parties++ }));
const same = answersWith('same');
const different = answersWith('different');
const times = (count: number, score = 3): number[] => Array.from({ length: count }, () => score);
const aside = (kind: KindOfQuestion, certain = 100_000) => setAside(new Map([['k', kind]]), certain);

describe('questions that are set aside', () => {
  it('are none before six answers', () => {
    expect(aside({ open: times(5), answers: different(...times(5)) })).toEqual({});
    expect(aside({ open: times(5), answers: different(...times(6)) })).toEqual({ k: 3 });
  });

  it('are those up to the highest "not the same" that the others bear out', () => {
    const answers = different(...times(9, 1), 8);

    expect(aside({ open: [...times(30, 1), 7], answers })).toEqual({ k: 8 });
    expect(aside({ open: times(30, 7), answers })).toEqual({});
    expect(aside({ open: [...times(20, 1), ...times(20, 7)], answers })).toEqual({ k: 1 });
  });

  it('are fewer where one was "the same", up to what is below it', () => {
    const answers = [...different(...times(9, 1), ...times(12, 6)), ...same(5)];

    expect(aside({ open: [...times(20, 1), ...times(20, 5)], answers })).toEqual({ k: 6 });
    expect(aside({ open: [...times(20, 1), ...times(20, 5)], answers: [...answers, ...same(5)] })).toEqual({
      k: 1,
    });
  });

  it('are none where registration numbers say otherwise', () => {
    const free = times(10).map((score) => ({ score, verdict: 'same' as const }));

    expect(aside({ open: times(5), answers: different(...times(8)), free })).toEqual({});
  });

  it('count the same two parties once, however often they were answered', () => {
    const ofTwo = different(...times(20)).map((answer) => ({ ...answer, party: -1 }));

    expect(aside({ open: times(5), answers: ofTwo })).toEqual({});
  });

  it('count a party that was "the same" once above and once below as one below', () => {
    const both = same(9)
      .map((answer) => [answer, { ...answer, score: 2 }])
      .flat();

    expect(aside({ open: times(20, 1), answers: [...different(...times(9, 3)), ...both] })).toEqual({});
  });

  it('are no more than may be missed: one of a thousand that join by themselves', () => {
    // 9 answers: half a missed one beside them, so one of twenty questions.
    const kind = { open: times(40), answers: different(...times(9)) };

    expect(aside(kind, 2_001)).toEqual({ k: 3 });
    expect(aside(kind, 1_999)).toEqual({});
  });

  it('are never expected to miss more than one in ten, whatever was answered', () => {
    const anAnswer = fc.record({
      score: fc.integer({ min: -10, max: 10 }),
      verdict: fc.oneof(
        { weight: 9, arbitrary: fc.constant('different' as const) },
        fc.constant('same' as const),
      ),
      party: fc.integer({ min: 0, max: 200 }),
    });
    let some = 0;
    fc.assert(
      fc.property(fc.array(anAnswer, { minLength: 10, maxLength: 60 }), (answers) => {
        const { k: upTo } = aside({ open: times(30, -10), answers });
        if (upTo === undefined) return;
        some++;
        const below = answers.filter(({ score }) => score <= upTo);
        const counted = (verdict: Answer['verdict']): number =>
          new Set(below.filter((answer) => answer.verdict === verdict).map(({ party }) => party)).size;
        const [missed, right] = [counted('same'), counted('different')];
        expect((missed + 0.5) / (missed + right + 1)).toBeLessThanOrEqual(0.1 + 1e-9);
      }),
    );
    expect(some).toBeGreaterThan(0);
  });
});
