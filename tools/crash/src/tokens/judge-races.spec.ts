import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '@koppel/exact-sandbox';
import { judgeRaces, type Race } from './judge-races.js';
import type { Said } from './keepers.js';

const at = 1_000;

function aCall(userAgent: string, outcome: string, over: Partial<JournalEntry> = {}): JournalEntry {
  return {
    ...{ at, kind: 'token', method: 'POST', path: '/api/oauth2/token', status: 200 },
    ...{ grantType: 'refresh_token', refreshTokenHash: 'RT1', userAgent, outcome, ...over },
  };
}

const got = (name: string, token: string): Said => ({ name, answer: { round: 0, token, failure: null } });
const failed = (name: string, failure: string): Said => ({
  name,
  answer: { round: 0, token: null, failure },
});
const died = (name: string): Said => ({ name, answer: 'died' });
const aRace = (said: Said[], killed?: string): Race => ({ number: 0, at, killed, said });
const allGot = [got('a', 'AT2'), got('b', 'AT2')];
const needPerson = [failed('b', 'reauth-required'), failed('c', 'reauth-required')];

describe('what is allowed in a race for a token', () => {
  it.each<[string, Race, JournalEntry[], object]>([
    ['one refresh, and everybody has its token', aRace(allGot), [aCall('a', 'issued')], { refreshes: 1 }],
    [
      'a token lost with a killed process, one refused call, and everybody needs a person (F42)',
      aRace([died('a'), ...needPerson], 'a'),
      [aCall('a', 'issued'), aCall('b', 'old-refresh-token')],
      { lostAnswers: 1 },
    ],
    [
      'the request of a killed process, read after that of the living',
      aRace([died('a'), got('b', 'AT2')], 'a'),
      [aCall('b', 'issued'), aCall('a', 'old-refresh-token')],
      { lostAnswers: 0, lateRequests: 1 },
    ],
    [
      'the same, read in a later race',
      aRace([died('a'), got('b', 'AT2')], 'a'),
      [aCall('b', 'issued'), aCall('a', 'old-refresh-token', { at: 2_000 })],
      { lateRequests: 1 },
    ],
    [
      'a process that is killed after it answered',
      aRace(allGot, 'a'),
      [aCall('a', 'issued')],
      { lostAnswers: 0 },
    ],
  ])('%s', (_what, race, calls, counts) => {
    expect(judgeRaces([race], calls)).toMatchObject({ wrong: [], ...counts });
  });
});

describe('what is wrong in a race for a token', () => {
  const lost = aRace([died('a'), ...needPerson], 'a');
  it.each<[string, Race, JournalEntry[], string]>([
    [
      'a used token again, with nobody killed',
      aRace(allGot),
      [aCall('a', 'issued'), aCall('b', 'old-refresh-token')],
      'a used refresh token was sent 1 times',
    ],
    [
      'a used token again by a living process, beside a kill that lost nothing',
      aRace([died('a'), got('b', 'AT2'), got('c', 'AT2')], 'a'),
      [aCall('b', 'issued'), aCall('c', 'old-refresh-token')],
      'a used refresh token was sent 1 times',
    ],
    [
      'a second refused call after a loss',
      lost,
      [aCall('a', 'issued'), aCall('b', 'old-refresh-token'), aCall('c', 'old-refresh-token')],
      'a used refresh token was sent 2 times',
    ],
    [
      'a killed process that sent a used token twice',
      aRace([died('a'), got('b', 'AT2')], 'a'),
      [aCall('b', 'issued'), aCall('a', 'old-refresh-token'), aCall('a', 'old-refresh-token')],
      'a used refresh token was sent 2 times',
    ],
    [
      'a person who is needed although nothing was lost',
      aRace([died('a'), ...needPerson], 'a'),
      [aCall('b', 'issued'), aCall('c', 'old-refresh-token')],
      'a living process got reauth-required',
    ],
    [
      'a token for some after a loss',
      aRace([died('a'), failed('b', 'reauth-required'), got('c', 'AT1')], 'a'),
      [aCall('a', 'issued'), aCall('b', 'old-refresh-token')],
      'a process got a token where the others need a person',
    ],
    ['no refresh', aRace(allGot), [], '0 refreshes'],
    ['two refreshes', aRace(allGot), [aCall('a', 'issued'), aCall('b', 'issued')], '2 refreshes'],
    [
      'two tokens',
      aRace([got('a', 'AT2'), got('b', 'AT1')]),
      [aCall('a', 'issued')],
      'the processes have 2 different tokens',
    ],
    [
      'another failure',
      aRace([failed('a', 'timeout')]),
      [aCall('a', 'issued')],
      'a living process got timeout',
    ],
    ['a death of its own', aRace([died('a'), got('b', 'AT2')]), [aCall('b', 'issued')], 'a died by itself'],
  ])('%s', (_what, race, calls, line) => {
    expect(judgeRaces([race], calls).wrong).toContain(`expiry 0: ${line}`);
  });

  it('a refresh before its time, whenever it was read', () => {
    const { wrong } = judgeRaces([aRace(allGot)], [aCall('a', 'issued'), aCall('b', 'too-early', { at: 0 })]);
    expect(wrong).toEqual(['b was told too-early']);
  });
});
