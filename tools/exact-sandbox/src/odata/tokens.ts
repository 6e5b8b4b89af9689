import { querySyntax } from './refusal.js';

/** A word of a `$filter`. */
export type Token =
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'symbol'; readonly text: '(' | ')' | ',' }
  | { readonly kind: 'string' | 'guid' | 'datetime'; readonly text: string }
  | { readonly kind: 'number' | 'int64'; readonly text: string };

const TOKENS_MAX = 2_000;
const PATTERNS: readonly [RegExp, (match: RegExpExecArray) => Token][] = [
  [/^[(),]/, ([text]) => ({ kind: 'symbol', text: text as '(' | ')' | ',' })],
  [
    /^guid'([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})'/,
    (m) => ({ kind: 'guid', text: (m[1] ?? '').toLowerCase() }),
  ],
  [/^datetime'([^']*)'/, (m) => ({ kind: 'datetime', text: m[1] ?? '' })],
  [/^'((?:[^']|'')*)'/, (m) => ({ kind: 'string', text: (m[1] ?? '').replace(/''/g, "'") })],
  [/^(-?\d+)L\b/i, (m) => ({ kind: 'int64', text: m[1] ?? '' })],
  [/^(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)[mMdDfF]?(?![\w.])/, (m) => ({ kind: 'number', text: m[1] ?? '' })],
  [/^[A-Za-z_][\w/]*/, ([text]) => ({ kind: 'name', text })],
];

/** Cuts a `$filter` or `$skiptoken` into words; refuses what is none. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    const [token, length] = readToken(rest);
    tokens.push(token);
    if (tokens.length > TOKENS_MAX) throw querySyntax();
    rest = rest.slice(length).trimStart();
  }
  return tokens;
}

function readToken(text: string): readonly [Token, number] {
  for (const [pattern, build] of PATTERNS) {
    const match = pattern.exec(text);
    if (match) return [build(match), match[0].length];
  }
  throw querySyntax();
}
