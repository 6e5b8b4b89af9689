import { querySyntax } from './refusal.js';
import { tokenize, type Token } from './tokens.js';

export type ComparisonOperator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

export type LiteralType = 'str' | 'guid' | 'date' | 'num' | 'i64' | 'bool' | 'null';

/** A `$filter` as a tree. */
export type Expression =
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly operand: Expression }
  | {
      readonly kind: 'compare';
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'field'; readonly name: string }
  | {
      readonly kind: 'literal';
      readonly type: LiteralType;
      readonly value: string | number | boolean | null;
    };

const OPERATORS: ReadonlySet<string> = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le']);
const ARITY: Readonly<Record<string, number>> = {
  substringof: 2,
  startswith: 2,
  endswith: 2,
  trim: 1,
  tolower: 1,
  toupper: 1,
};
const DEPTH_MAX = 60;

/**
 * Parses an OData v2 `$filter`: eq ne gt ge lt le, and or not, parentheses, substringof startswith endswith trim
 * tolower toupper, and the literals of Exact's documentation. Anything else is "Error in query syntax" (400).
 */
export function parseFilter(text: string): Expression {
  const parser = new FilterParser(tokenize(text));
  return parser.whole();
}

/** Reads a literal word; undefined when the word is none. */
export function literalOf(token: Token): Extract<Expression, { kind: 'literal' }> | undefined {
  switch (token.kind) {
    case 'string':
      return { kind: 'literal', type: 'str', value: token.text };
    case 'guid':
      return { kind: 'literal', type: 'guid', value: token.text };
    case 'datetime':
      return { kind: 'literal', type: 'date', value: dateTimeMs(token.text) };
    case 'int64':
      return { kind: 'literal', type: 'i64', value: token.text };
    case 'number':
      return { kind: 'literal', type: 'num', value: Number(token.text) };
    case 'name':
      if (token.text === 'null') return { kind: 'literal', type: 'null', value: null };
      if (token.text === 'true' || token.text === 'false') {
        return { kind: 'literal', type: 'bool', value: token.text === 'true' };
      }
      return undefined;
    case 'symbol':
      return undefined;
  }
}

class FilterParser {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Expression {
    const expression = this.or();
    if (this.at < this.tokens.length) throw querySyntax();
    return expression;
  }

  private or(): Expression {
    this.depth += 1;
    if (this.depth > DEPTH_MAX) throw querySyntax();
    let left = this.and();
    while (this.takeName('or')) left = { kind: 'or', left, right: this.and() };
    this.depth -= 1;
    return left;
  }

  private and(): Expression {
    let left = this.negation();
    while (this.takeName('and')) left = { kind: 'and', left, right: this.negation() };
    return left;
  }

  private negation(): Expression {
    return this.takeName('not') ? { kind: 'not', operand: this.negation() } : this.comparison();
  }

  private comparison(): Expression {
    const left = this.operand();
    const token = this.tokens[this.at];
    if (token?.kind !== 'name' || !OPERATORS.has(token.text)) return left;
    this.at += 1;
    // Safe: OPERATORS holds exactly the members of ComparisonOperator.
    return { kind: 'compare', operator: token.text as ComparisonOperator, left, right: this.operand() };
  }

  private operand(): Expression {
    const token = this.next();
    if (token.kind === 'symbol') {
      if (token.text !== '(') throw querySyntax();
      const inner = this.or();
      this.takeSymbol(')');
      return inner;
    }
    const literal = literalOf(token);
    if (literal) return literal;
    return this.isSymbol('(') ? this.call(token.text) : { kind: 'field', name: token.text };
  }

  private call(name: string): Expression {
    const arity = ARITY[name];
    if (arity === undefined) throw querySyntax();
    this.takeSymbol('(');
    const args: Expression[] = [this.or()];
    while (args.length < arity) {
      this.takeSymbol(',');
      args.push(this.or());
    }
    this.takeSymbol(')');
    return { kind: 'call', name, args };
  }

  private next(): Token {
    const token = this.tokens[this.at];
    if (!token) throw querySyntax();
    this.at += 1;
    return token;
  }

  private takeName(text: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== 'name' || token.text !== text) return false;
    this.at += 1;
    return true;
  }

  private isSymbol(text: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind === 'symbol' && token.text === text;
  }

  private takeSymbol(text: string): void {
    if (!this.isSymbol(text)) throw querySyntax();
    this.at += 1;
  }
}

/** A zone-less date and time as if it were UTC, the way Exact compares its local stamps. */
function dateTimeMs(text: string): number {
  const match = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?)?$/.exec(text);
  const ms = match ? Date.parse(`${match[1] === undefined ? `${text}T00:00` : text}Z`) : Number.NaN;
  if (Number.isNaN(ms)) throw querySyntax();
  return ms;
}
