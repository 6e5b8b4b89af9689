import type { EdmType, Field } from '../schema/edm.js';
import type { Division } from '../store/division.js';
import type { Row } from '../store/rows.js';
import type { ComparisonOperator, Expression, LiteralType } from './filter-parser.js';
import { querySyntax, Refusal } from './refusal.js';

export type Predicate = (row: Row, division: Division) => boolean;

type Operand = string | number | boolean | bigint | null;

interface Compiled {
  readonly type: LiteralType;
  readonly read: (row: Row, division: Division) => Operand;
}

/** Turns a filter into a test on stored rows; unknown fields and mixed types are refused with 400. */
export function compileFilter(expression: Expression, fields: ReadonlyMap<string, Field>): Predicate {
  const compiled = compile(expression, fields);
  if (compiled.type !== 'bool') throw querySyntax();
  return (row, division) => compiled.read(row, division) === true;
}

/** The properties that a filter mentions. */
export function fieldsIn(expression: Expression): ReadonlySet<string> {
  switch (expression.kind) {
    case 'and':
    case 'or':
    case 'compare':
      return new Set([...fieldsIn(expression.left), ...fieldsIn(expression.right)]);
    case 'not':
      return fieldsIn(expression.operand);
    case 'call':
      return new Set(expression.args.flatMap((arg) => [...fieldsIn(arg)]));
    case 'field':
      return new Set([expression.name]);
    case 'literal':
      return new Set();
  }
}

function compile(expression: Expression, fields: ReadonlyMap<string, Field>): Compiled {
  switch (expression.kind) {
    case 'literal': {
      const value = expression.type === 'i64' ? BigInt(String(expression.value)) : expression.value;
      return { type: expression.type, read: () => value };
    }
    case 'field':
      return compileField(expression.name, fields);
    case 'not': {
      const operand = boolean(compile(expression.operand, fields));
      return { type: 'bool', read: (row, division) => operand.read(row, division) !== true };
    }
    case 'and':
    case 'or':
      return compileJunction(expression, fields);
    case 'compare':
      return compileComparison(expression, fields);
    case 'call':
      return compileCall(
        expression.name,
        expression.args.map((arg) => compile(arg, fields)),
      );
  }
}

function compileJunction(
  expression: Extract<Expression, { kind: 'and' | 'or' }>,
  fields: ReadonlyMap<string, Field>,
): Compiled {
  const left = boolean(compile(expression.left, fields));
  const right = boolean(compile(expression.right, fields));
  if (expression.kind === 'and') {
    return { type: 'bool', read: (row, d) => left.read(row, d) === true && right.read(row, d) === true };
  }
  return { type: 'bool', read: (row, d) => left.read(row, d) === true || right.read(row, d) === true };
}

function compileField(name: string, fields: ReadonlyMap<string, Field>): Compiled {
  const field = fields.get(name);
  if (!field) throw new Refusal(400, `No property '${name}' exists in the type.`);
  if (field.type === 'coll' || field.type === 'bin' || name === 'CustomField') {
    throw new Refusal(400, `Filtering on these fields is not supported: ${name}`);
  }
  const type = operandType(field.type);
  if (type === 'i64') return { type, read: (row, division) => toBigInt(field.read(row, division)) };
  return { type, read: (row, division) => field.read(row, division) ?? null };
}

function toBigInt(value: unknown): bigint | null {
  return typeof value === 'string' || typeof value === 'number' ? BigInt(value) : null;
}

function operandType(type: EdmType): LiteralType {
  switch (type) {
    case 'guid':
    case 'str':
    case 'date':
    case 'bool':
    case 'i64':
      return type;
    default:
      return 'num';
  }
}

function compileComparison(
  expression: Extract<Expression, { kind: 'compare' }>,
  fields: ReadonlyMap<string, Field>,
): Compiled {
  const left = compile(expression.left, fields);
  const right = compile(expression.right, fields);
  const type = commonType(left.type, right.type);
  const test = comparison(expression.operator);
  const readLeft = normalised(left, type);
  const readRight = normalised(right, type);
  return { type: 'bool', read: (row, division) => test(readLeft(row, division), readRight(row, division)) };
}

function commonType(left: LiteralType, right: LiteralType): LiteralType {
  if (left === right || right === 'null') return left;
  if (left === 'null') return right;
  if ((left === 'i64' && right === 'num') || (left === 'num' && right === 'i64')) return 'i64';
  throw querySyntax();
}

/** SQL Server's collation compares without case and without trailing blanks; leading blanks count. */
function normalised(operand: Compiled, type: LiteralType): Compiled['read'] {
  const { read } = operand;
  if (type === 'str') {
    return (row, division) => {
      const value = read(row, division);
      return typeof value === 'string' ? value.trimEnd().toLowerCase() : value;
    };
  }
  if (type === 'i64' && operand.type === 'num') {
    return (row, division) => {
      const value = read(row, division);
      return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : null;
    };
  }
  return read;
}

function comparison(operator: ComparisonOperator): (left: Operand, right: Operand) => boolean {
  switch (operator) {
    case 'eq':
      return (left, right) => left === right;
    case 'ne':
      return (left, right) => left !== right;
    case 'gt':
      return (left, right) => left !== null && right !== null && left > right;
    case 'ge':
      return (left, right) => left !== null && right !== null && left >= right;
    case 'lt':
      return (left, right) => left !== null && right !== null && left < right;
    case 'le':
      return (left, right) => left !== null && right !== null && left <= right;
  }
}

function compileCall(name: string, args: readonly Compiled[]): Compiled {
  const [first, second] = args;
  if (!first || args.some((arg) => arg.type !== 'str')) throw querySyntax();
  const text = (operand: Compiled | undefined, row: Row, division: Division): string =>
    String(operand?.read(row, division) ?? '');
  switch (name) {
    case 'trim':
      return { type: 'str', read: (row, d) => text(first, row, d).trim() };
    case 'tolower':
      return { type: 'str', read: (row, d) => text(first, row, d).toLowerCase() };
    case 'toupper':
      return { type: 'str', read: (row, d) => text(first, row, d).toUpperCase() };
    case 'substringof':
      return {
        type: 'bool',
        read: (row, d) => lower(text(second, row, d)).includes(lower(text(first, row, d))),
      };
    case 'startswith':
      return {
        type: 'bool',
        read: (row, d) => lower(text(first, row, d)).startsWith(lower(text(second, row, d))),
      };
    case 'endswith':
      return {
        type: 'bool',
        read: (row, d) => lower(text(first, row, d)).endsWith(lower(text(second, row, d))),
      };
    default:
      throw querySyntax();
  }
}

function lower(text: string): string {
  return text.toLowerCase();
}

function boolean(operand: Compiled): Compiled {
  if (operand.type !== 'bool') throw querySyntax();
  return operand;
}
