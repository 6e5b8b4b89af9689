import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { releaseQuestions, type KindOfQuestion } from './release.js';

const same = (...scores: number[]): KindOfQuestion['answers'] =>
  scores.map((score) => ({ score, verdict: 'same' as const }));
const different = (...scores: number[]): KindOfQuestion['answers'] =>
  scores.map((score) => ({ score, verdict: 'different' as const }));
const tens = (count: number): number[] => Array.from({ length: count }, () => 10);

const release = (kind: KindOfQuestion, certain = 10_000) => releaseQuestions(new Map([['k', kind]]), certain);

describe('questions that answers make needless', () => {
  it('are those from the lowest "same" on', () => {
    expect(release({ open: tens(100), answers: same(9, ...tens(20)) })).toEqual({ k: 9 });
  });

  it('stand above every "not the same"', () => {
    const answers = [...same(9, 12, ...tens(20)), ...different(9.5)];

    expect(release({ open: tens(100), answers })).toEqual({ k: 10 });
    expect(release({ open: tens(100), answers: [...answers, ...different(11)] })).toEqual({});
  });

  it('are none while fewer than ten were answered', () => {
    expect(release({ open: tens(5), answers: same(...tens(9)) })).toEqual({});
    expect(release({ open: tens(5), answers: same(...tens(10)) })).toEqual({ k: 10 });
  });

  it('are none where nothing is left to ask', () => {
    expect(release({ open: [], answers: same(...tens(50)) })).toEqual({});
  });

  it('are expected to be wrong in one of a thousand that join by themselves, at most', () => {
    // 200 open after 49 answers: two may be wrong.
    const kind = { open: tens(200), answers: same(...tens(49)) };

    expect(release(kind, 1_800)).toEqual({ k: 10 });
    expect(release(kind, 1_799)).toEqual({});
  });

  it('are of the kinds that risk least when all together risk too much', () => {
    const kinds = new Map([
      ['bold', { open: tens(900), answers: same(...tens(12)) }],
      ['safe', { open: tens(100), answers: same(...tens(40)) }],
    ]);

    expect(releaseQuestions(kinds, 2_000)).toEqual({ safe: 10 });
  });

  it('never reach down to an answer "not the same", whatever was answered', () => {
    const anAnswer = fc.record({
      score: fc.double({ min: 1, max: 40, noNaN: true }),
      verdict: fc.constantFrom('same' as const, 'different' as const),
    });
    fc.assert(
      fc.property(fc.array(anAnswer, { maxLength: 60 }), (answers) => {
        const { k: from = Number.POSITIVE_INFINITY } = release({ open: tens(30), answers }, 100_000);
        expect(answers.filter(({ score, verdict }) => verdict === 'different' && score >= from)).toEqual([]);
      }),
    );
  });
});
