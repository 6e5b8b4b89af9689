import { describe, expect, it } from 'vitest';
import { entityTag, noVersion, versionNamedIn } from './precondition.js';

describe('the version that an If-Match names', () => {
  it('is the one of an ETag, with or without its digest', () => {
    expect(versionNamedIn(entityTag(12))).toBe(12);
    expect(versionNamedIn(` ${entityTag(12, 'a-b_C9')} `)).toBe(12);
  });

  it('is any for an asterisk', () => {
    expect(versionNamedIn('*')).toBe('any');
  });

  it.each(['', '12', 'W/"12"', '"12", "13"', '"-1"', '"1e3"', '"99999999999"', '"12."', '"abc"'])(
    'is one that nothing has for %j',
    (header) => {
      expect(versionNamedIn(header)).toBe(noVersion);
    },
  );
});
