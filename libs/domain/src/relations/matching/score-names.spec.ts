import { describe, expect, it } from 'vitest';
import { scoreNames } from './index.js';

describe('scoreNames', () => {
  it.each([
    ['Lumiri Bouw B.V.', 'LUMIRI BOUW BV'],
    ['Bouw Bedrijf Zonneveld', 'Bouwbedrijf Zonneveld B.V.'],
    ['Zonneveld Kozijnen', 'Zoneveld Kozijnen'],
    ['Gebr. Lumiri & Zn.', 'Gebroeders Lumiri en Zonen'],
  ])('takes %s and %s for one name', (one, other) => {
    expect(scoreNames(one, other, 'company').isLikelySame).toBe(true);
    expect(scoreNames(one, other, 'company')).toEqual(scoreNames(other, one, 'company'));
  });

  it.each([
    ['Lumiri Holding B.V.', 'Lumiri Beheer B.V.'],
    ['Zonnepark Lumiri I B.V.', 'Zonnepark Lumiri II B.V.'],
    ['Lumiri Bouw B.V.', 'Stichting Lumiri Bouw'],
    ['De Eik', 'De Eiken'],
    ['A-B-C Bouw', 'X-Y-Z Bouw'],
  ])('takes %s and %s for two', (one, other) => {
    expect(scoreNames(one, other, 'company').isLikelySame).toBe(false);
  });

  it('says nothing of a name that stands for nobody', () => {
    expect(scoreNames('Diversen', 'Diversen')).toEqual({ score: 0, isLikelySame: false });
  });

  it.each([
    ['Molen Aktiengeselschaft', 'Molen AG'],
    ['OAO Molenprom', 'Open Joint Stock Company Molenprom'],
    ['SolvinaBV', 'Solvina B.V.'],
    ["Solvina's Bouw", 'Solvinas Bouw'],
    ['Molen Forty-Four', 'Molen 44'],
    ['First Molen Bank', '1st Molen Bank'],
    ['MLA', 'Molen Liberation Army'],
    ['Solvina Benn Group AG', 'Solvina Benz Group AG'],
  ])('reads %s and %s as one name', (one, other) => {
    expect(scoreNames(one, other, 'company').isLikelySame).toBe(true);
  });

  it.each([
    ['Solvina AG', 'Solvina GmbH'],
    ['Solvina Chile S.A.', 'Solvina S.A.'],
    ['Solvina Oil Company', 'Solvina Gas Company'],
    ['Jansen & Co', 'Jansen'],
  ])('reads %s and %s as two names', (one, other) => {
    expect(scoreNames(one, other, 'company').isLikelySame).toBe(false);
  });
});
