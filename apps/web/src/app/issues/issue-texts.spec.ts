import { describe, expect, it } from 'vitest';
import { ownExplanation, ownTitle, sharedAdvice } from './issue-texts.js';

describe('ownTitle', () => {
  it('leaves out what the heading of the group says', () => {
    expect(ownTitle('Dubbel in één administratie: De Eik B.V.', 'Dubbel in één administratie')).toBe(
      'De Eik B.V.',
    );
  });

  it.each(['Geen toegang', 'Geen toegang: '])('keeps a title that says nothing more (%j)', (title) => {
    expect(ownTitle(title, 'Geen toegang')).toBe(title);
  });
});

describe('sharedAdvice', () => {
  const advice = 'Kies welke u gebruikt. Koppel kijkt daarna opnieuw.';

  it('is the ending that all explanations have in common', () => {
    const explanations = [`1, 2 lijken gelijk. ${advice}`, `3, 4 lijken gelijk. ${advice}`];

    expect(sharedAdvice(explanations)).toBe(advice);
    expect(explanations.map((each) => ownExplanation(each, advice))).toEqual([
      '1, 2 lijken gelijk.',
      '3, 4 lijken gelijk.',
    ]);
  });

  it('is everything when the explanations are equal', () => {
    expect(sharedAdvice([advice, advice])).toBe(advice);
    expect(ownExplanation(advice, advice)).toBe('');
  });

  it.each([[[]], [[advice]], [['Een.', 'Twee.']]])('is empty for %j', (explanations) => {
    expect(sharedAdvice(explanations)).toBe('');
    expect(ownExplanation('Een.', '')).toBe('Een.');
  });
});
