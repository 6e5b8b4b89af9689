import { describe, expect, it } from 'vitest';
import { matchQueryOf } from './match-query.js';

const empty = {
  soort: undefined,
  zoek: undefined,
  administratie: undefined,
  kans: undefined,
  status: undefined,
  reden: undefined,
  volgorde: undefined,
};

describe('matchQueryOf', () => {
  it('asks for open pairs when the address says nothing', () => {
    expect(matchQueryOf(empty)).toEqual({ state: 'open', kind: 'match' });
  });

  it('reads every filter of the address', () => {
    const address = {
      soort: 'dubbel',
      zoek: 'jansen',
      administratie: 'x',
      kans: '95',
      status: 'unsure',
      reden: 'kvk-equal',
      volgorde: 'leerzaam',
    };
    expect(matchQueryOf(address)).toEqual({
      state: 'unsure',
      kind: 'double',
      search: 'jansen',
      administrationId: 'x',
      minProbability: 0.95,
      reason: 'kvk-equal',
      order: 'teaching',
    });
  });

  it('asks for what was set aside', () => {
    expect(matchQueryOf({ ...empty, status: 'aside' })).toEqual({ state: 'aside', kind: 'match' });
  });

  it('leaves out what makes no sense', () => {
    expect(matchQueryOf({ ...empty, kans: 'veel', status: 'gekoppeld', volgorde: 'willekeurig' })).toEqual({
      state: 'open',
      kind: 'match',
    });
    expect(matchQueryOf({ ...empty, kans: '250' })).toEqual({ state: 'open', kind: 'match' });
  });
});
