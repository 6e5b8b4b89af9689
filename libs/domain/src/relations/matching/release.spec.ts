import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { releaseQuestions, type Answer, type KindOfQuestion } from './release.js';

/** Answers each on a party of its own, those of one call apart from those of another. */
let parties = 0;
const answersWith =
  (verdict: Answer['verdict']) =>
  (...scores: number[]): Answer[] =>
    scores.map((score) => ({ score, verdict, party: parties++ }));
const same = answersWith('same');
const different = answersWith('different');
const times = (count: number, score = 10): number[] => Array.from({ length: count }, () => score);

const release = (kind: KindOfQuestion, certain = 10_000) => releaseQuestions(new Map([['k', kind]]), certain);

describe('questions that answers make needless', () => {
  it('are none while fewer than 19 parties were found to be one', () => {
    expect(release({ open: times(5), answers: same(...times(18)) })).toEqual({});
    expect(release({ open: times(5), answers: same(...times(19)) })).toEqual({ k: 10 });
  });

  it('take fewer answers where registration numbers say the same, and more where they do not', () => {
    const free = (verdict: Answer['verdict'], count: number) =>
      times(count).map((score) => ({ score, verdict }));
    const open = times(5);
    const agreed = free('same', 100);

    expect(release({ open, answers: same(...times(15)), free: agreed })).toEqual({ k: 10 });
    expect(release({ open, answers: same(...times(14)), free: agreed })).toEqual({});
    expect(
      release({ open, answers: same(...times(30)), free: [...agreed, ...free('different', 5)] }),
    ).toEqual({});
  });

  it('begin at the lowest "same"', () => {
    expect(release({ open: times(5), answers: same(9, ...times(50)) })).toEqual({ k: 9 });
  });

  it('begin higher where the answers are not spread as the questions are', () => {
    const answers = same(...times(60, 20), 9);
    const open = [...times(500, 9.5), ...times(500, 20)];

    expect(release({ open, answers })).toEqual({ k: 20 });
    expect(release({ open: times(500, 9.5), answers })).toEqual({});
    expect(release({ open, answers: [...answers, ...same(...times(40, 9))] })).toEqual({ k: 9 });
  });

  it('count a party once, however many of its pairs were answered', () => {
    const ofOneParty = same(...times(19)).map((answer) => ({ ...answer, party: -1 }));

    expect(release({ open: times(5), answers: ofOneParty })).toEqual({});
    expect(release({ open: times(5), answers: [...ofOneParty, ...same(...times(18))] })).toEqual({ k: 10 });
  });

  it('stand a bit above every "not the same"', () => {
    const answers = same(...times(60));

    expect(release({ open: times(5), answers: [...answers, ...different(9)] })).toEqual({ k: 10 });
    expect(release({ open: times(5), answers: [...answers, ...different(9.01)] })).toEqual({});
    expect(release({ open: times(5), answers: [...answers, ...different(12)] })).toEqual({});
  });

  it('are none where a "not the same" stands among the upper half of the answers', () => {
    const answers = [...same(...times(60, 8)), ...different(10), ...same(...times(61, 11))];

    expect(release({ open: times(5, 11), answers })).toEqual({});
    expect(release({ open: times(5, 11), answers: [...answers, ...same(11)] })).toEqual({ k: 11 });
    expect(
      release({ open: times(5, 11), answers: [...same(...times(60, 11)), ...different(...times(60, 9))] }),
    ).toEqual({});
  });

  it('are none where nothing is left to ask', () => {
    expect(release({ open: [], answers: same(...times(90)) })).toEqual({});
    expect(release({ open: times(5, 9), answers: same(...times(90)) })).toEqual({});
  });

  it('are expected to be wrong in one of a thousand that join by themselves, at most', () => {
    // 200 open on 49 answers: two may be wrong.
    const kind = { open: times(200), answers: same(...times(49)) };

    expect(release(kind, 1_801)).toEqual({ k: 10 });
    expect(release(kind, 1_799)).toEqual({});
  });

  it('are of the kinds that risk least when all together risk too much', () => {
    const kinds = new Map([
      ['bold', { open: times(900), answers: same(...times(49)) }],
      ['safe', { open: times(100), answers: same(...times(99)) }],
    ]);

    expect(releaseQuestions(kinds, 2_000)).toEqual({ safe: 10 });
    expect(releaseQuestions(kinds, 20_000)).toEqual({ bold: 10, safe: 10 });
  });

  it('are wrong in one of forty at most, by themselves, and never near a "not the same"', () => {
    const anAnswer = fc.record({
      score: fc.integer({ min: 1, max: 12 }),
      verdict: fc.oneof(
        { weight: 40, arbitrary: fc.constant('same' as const) },
        fc.constant('different' as const),
      ),
      party: fc.integer({ min: 0, max: 200 }),
    });
    let released = 0;
    fc.assert(
      fc.property(fc.array(anAnswer, { minLength: 50, maxLength: 300, size: 'max' }), (answers) => {
        const { k: from } = release({ open: times(30, 12), answers }, 100_000);
        if (from === undefined) return;
        released++;
        const wrong = answers.filter(({ verdict }) => verdict === 'different').map(({ score }) => score);
        const doubt = Math.max(0, ...wrong) + 1;
        expect(from).toBeGreaterThanOrEqual(doubt);
        const right = answers.filter(({ score }) => score >= from);
        expect(0.5 / (new Set(right.map(({ party }) => party)).size + 1)).toBeLessThanOrEqual(0.025);
      }),
    );
    expect(released).toBeGreaterThan(0);
  });
});
