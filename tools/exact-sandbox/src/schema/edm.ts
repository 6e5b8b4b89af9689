import type { Division } from '../store/division.js';
import type { Row, Value } from '../store/rows.js';

export type EdmType =
  'guid' | 'str' | 'i16' | 'i32' | 'i64' | 'dbl' | 'bool' | 'byte' | 'date' | 'bin' | 'coll';

/** r = GET only, w = GET/POST/PUT, c = GET/POST, u = GET/PUT. */
export type FieldFlag = 'r' | 'w' | 'c' | 'u';

/** Reads a property as Exact presents it: GUIDs and 64-bit numbers as text, dates as milliseconds. */
export type Reader = (row: Row, division: Division) => Value;

export interface FieldDeclaration {
  readonly name: string;
  readonly type: EdmType;
  readonly flag: FieldFlag;
  readonly isRequired: boolean;
}

export interface Field extends FieldDeclaration {
  readonly read: Reader;
}

const TYPES: Readonly<Record<string, EdmType>> = {
  guid: 'guid',
  str: 'str',
  String: 'str',
  i16: 'i16',
  i32: 'i32',
  i64: 'i64',
  Int64: 'i64',
  dbl: 'dbl',
  bool: 'bool',
  byte: 'byte',
  date: 'date',
  DateTime: 'date',
  bin: 'bin',
  coll: 'coll',
};

/** Parses a list of `name:type[:flag][*]`, the notation of the files in `fields/`. */
export function parseFields(text: string): readonly FieldDeclaration[] {
  return text.trim().split(/\s+/).map(parseField);
}

function parseField(token: string): FieldDeclaration {
  const isRequired = token.endsWith('*');
  const [name, typeName, flag] = (isRequired ? token.slice(0, -1) : token).split(':');
  const type = TYPES[typeName ?? ''];
  if (!name || !type) throw new Error(`not a field declaration: ${token}`);
  return { name, type, flag: flag === 'w' || flag === 'c' || flag === 'u' ? flag : 'r', isRequired };
}
