import { expect, it } from 'vitest';
import { distinctPoints } from './distinct-points.js';

it('one point stands for all between two lasting effects: a transaction that did not commit left nothing', () => {
  const transaction = ['begin', 'syncRuns.add', 'outbox.add', 'commit'];
  expect(distinctPoints([...transaction, ...transaction, 'relay'])).toEqual([1, 5, 9]);
});

it('each call of Exact has three: before it, when Exact has acted, and when that is noted', () => {
  const names = [
    'begin',
    'commit',
    'writeSource.updateAccount',
    'send PUT crm/Accounts',
    'answer of PUT crm/Accounts',
    'begin',
  ];
  expect(distinctPoints(names)).toEqual([1, 3, 4, 5, 6]);
});

it('what was rolled back changed nothing', () => {
  expect(distinctPoints(['begin', 'roll back', 'begin'])).toEqual([1]);
});

it('the sealing of the history has two: before it, and when the chain has it', () => {
  expect(distinctPoints(['begin', 'commit', 'relay', 'seal', 'sealed'])).toEqual([1, 3, 5]);
});
