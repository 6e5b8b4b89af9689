import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactError } from '../errors.js';
import { unwrap, unwrapFlag } from './envelope.js';

function failure(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof ExactError ? error.kind : error;
  }
}

describe('unwrap', () => {
  it.each([
    [{ d: { results: [{ ID: 'g1' }] } }, 1, undefined],
    [{ d: { results: [{ ID: 'g1' }], __next: null } }, 1, undefined],
    [{ d: [{ ID: 'g1' }, { ID: 'g2' }] }, 2, undefined],
    [{ d: { ID: 'g1', __metadata: {} } }, 1, undefined],
    [{ d: { results: [] } }, 0, undefined],
    [{ d: [] }, 0, undefined],
    [{ d: { results: [{ ID: 'g1' }], __next: 'https://x/y', __count: '61' } }, 1, 'https://x/y'],
  ])('E08 reads %j', (body, count, next) => {
    const envelope = unwrap(JSON.stringify(body));

    expect(envelope.rows).toHaveLength(count);
    expect(envelope.next).toBe(next);
  });

  it.each([
    '{}',
    '{"d":null}',
    '{"d":false}',
    '{"d":{"foo":1}}',
    '{"d":{"results":{}}}',
    '{"d":{"results":[],"__next":5}}',
    '[]',
    'null',
    '{"d":{"results":[{"ID":"g1"}',
    '<html>',
    '',
  ])('E08 calls %j malformed, never an empty list', (body) => {
    expect(failure(() => unwrap(body))).toBe('malformed');
  });

  it('F36 tells what may have been cut on its way from what is whole and of another shape', () => {
    const mayPass = (body: string) => {
      try {
        unwrap(body);
      } catch (error) {
        return error instanceof ExactError && error.detail('malformed')?.mayPass;
      }
      return 'no failure';
    };
    expect(mayPass('{"d":{"results":[{"ID":"g1"}')).toBe(true);
    for (const whole of ['{}', '{"error":{"code":""}}', '{"d":null}', '{"d":{"results":{}}}'])
      expect(mayPass(whole)).toBeUndefined();
  });

  it('F36 takes a byte order mark for what it is', () => {
    expect(unwrap('\uFEFF{"d":[]}').rows).toEqual([]);
  });

  it('F36 throws nothing but ExactError, whatever the answer', () => {
    const bodies = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.jsonValue().map((d) => JSON.stringify({ d })),
      fc.record({ results: fc.jsonValue(), __next: fc.jsonValue() }).map((d) => JSON.stringify({ d })),
    );
    fc.assert(
      fc.property(bodies, (body) => {
        const thrown = failure(() => unwrap(body)) ?? 'nothing';
        return thrown === 'nothing' || thrown === 'malformed';
      }),
      { numRuns: 2_000 },
    );
  });

  it('does not quote the answer in its error', () => {
    const error = (() => {
      try {
        return unwrap('{"Name":"Jansen", geheim');
      } catch (thrown) {
        return thrown as Error;
      }
    })();

    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('Jansen');
  });
});

describe('unwrapFlag', () => {
  it.each([
    ['{"d":false}', false],
    ['{"d":true}', true],
    ['{"d":{"UserHasRights":true}}', true],
  ])('E08 reads %s', (body, flag) => {
    expect(unwrapFlag(body)).toBe(flag);
  });

  it.each(['{}', '{"d":"true"}', '{"d":{"a":true,"b":false}}', '{"d":{}}'])('refuses %s', (body) => {
    expect(failure(() => unwrapFlag(body))).toBe('malformed');
  });
});
