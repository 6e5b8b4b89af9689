import { describe, expect, it } from 'vitest';
import { arrayParameter } from './array-parameter.js';

describe('arrayParameter', () => {
  it('writes numbers, flags and identifiers as they are and null as NULL', () => {
    expect(arrayParameter([9_007_199_254_740_993n, true, null, 'a-1_b'])).toBe(
      '{9007199254740993,true,NULL,a-1_b}',
    );
  });

  it('quotes what would mean something else: blanks, commas, braces, quotes, the word null and nothing', () => {
    expect(arrayParameter(['a b', 'a,b', '{a}', 'a"b\\c', 'Null', ''])).toBe(
      String.raw`{"a b","a,b","{a}","a\"b\\c","Null",""}`,
    );
  });
});
