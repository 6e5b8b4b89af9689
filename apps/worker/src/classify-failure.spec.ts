import { describe, expect, it } from 'vitest';
import { InvariantError } from '@koppel/domain/kernel';
import { classifyFailure } from './classify-failure.js';

const withCode = (code: string) => Object.assign(new Error('x'), { code });

describe('classifyFailure', () => {
  it.each([
    ['a serialization failure', withCode('40001'), 'later'],
    ['a deadlock that drizzle wrapped', new Error('query', { cause: withCode('40P01') }), 'later'],
    ['a restarting database', withCode('57P01'), 'later'],
    ['a refused connection', withCode('ECONNREFUSED'), 'later'],
    [
      'a database whose name nobody resolves now (F20)',
      new Error('query', { cause: withCode('EAI_AGAIN') }),
      'later',
    ],
    ['a machine that cannot be reached', withCode('EHOSTUNREACH'), 'later'],
    ['a network that cannot be reached', withCode('ENETUNREACH'), 'later'],
    ['all of several addresses', new AggregateError([withCode('ECONNREFUSED')]), 'later'],
    ['a connection of the queue that is lost', new Error('Connection terminated unexpectedly'), 'later'],
    ['a full disk', withCode('53100'), 'later'],
    ['a lost connection', withCode('08006'), 'later'],
    ['an impossible state', new InvariantError('x'), 'give-up'],
    ['a broken constraint', withCode('23505'), 'give-up'],
    ['an unknown error', new TypeError('x'), 'give-up'],
    ['no error at all', 'thrown text', 'give-up'],
  ])('says of %s: %3$s', (_, error, kind) => {
    expect(classifyFailure(error).kind).toBe(kind);
  });
});
