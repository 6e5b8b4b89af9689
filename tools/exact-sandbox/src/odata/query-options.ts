import { literalOf, parseFilter, type Expression } from './filter-parser.js';
import { querySyntax, Refusal } from './refusal.js';
import { tokenize } from './tokens.js';

/** A sort key of `$orderby`. */
export interface OrderKey {
  readonly name: string;
  readonly isDescending: boolean;
}

/** The OData options of a read. */
export interface QueryOptions {
  readonly select: readonly string[] | undefined;
  readonly filter: Expression | undefined;
  readonly orderBy: readonly OrderKey[];
  readonly expand: readonly string[];
  readonly top: number | undefined;
  readonly skip: number | undefined;
  readonly skipToken: readonly SkipValue[] | undefined;
  readonly isInlineCount: boolean;
}

export type SkipValue = Extract<Expression, { kind: 'literal' }>;

const KNOWN: ReadonlySet<string> = new Set([
  '$select',
  '$filter',
  '$orderby',
  '$expand',
  '$top',
  '$skip',
  '$skiptoken',
  '$inlinecount',
  '$format',
]);

/** Parses the system query options; an unknown `$option` is refused, other names are left to the endpoint. */
export function parseOptions(query: ReadonlyMap<string, string>): QueryOptions {
  for (const name of query.keys()) {
    if (name.startsWith('$') && !KNOWN.has(name)) throw querySyntax();
  }
  const filter = query.get('$filter');
  const skipToken = query.get('$skiptoken');
  return {
    select: query.has('$select') ? list(query.get('$select')) : undefined,
    filter: filter === undefined || filter === '' ? undefined : parseFilter(filter),
    orderBy: list(query.get('$orderby')).map(orderKey),
    expand: list(query.get('$expand')),
    top: count(query.get('$top')),
    skip: count(query.get('$skip')),
    skipToken: skipToken === undefined ? undefined : skipValues(skipToken),
    isInlineCount: query.get('$inlinecount') === 'allpages',
  };
}

function list(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function orderKey(text: string): OrderKey {
  const [name, direction, ...rest] = text.split(/\s+/);
  if (!name || rest.length > 0 || (direction !== undefined && direction !== 'asc' && direction !== 'desc')) {
    throw querySyntax();
  }
  return { name, isDescending: direction === 'desc' };
}

function count(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new Refusal(400, 'Incorrect format for $top or $skip argument.');
  return Number(text);
}

function skipValues(text: string): readonly SkipValue[] {
  const values = tokenize(text).filter((token) => !(token.kind === 'symbol' && token.text === ','));
  return values.map((token) => {
    const literal = literalOf(token);
    if (!literal) throw querySyntax();
    return literal;
  });
}
