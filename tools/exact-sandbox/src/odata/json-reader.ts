import type { EdmType, Field } from '../schema/edm.js';
import type { Value } from '../store/rows.js';
import { wallTimeMs } from './amsterdam-time.js';
import { Refusal } from './refusal.js';

const RANGES: Readonly<Partial<Record<EdmType, readonly [number, number]>>> = {
  byte: [0, 255],
  i16: [-32_768, 32_767],
  i32: [-2_147_483_648, 2_147_483_647],
};
const CLR_NAMES: Readonly<Partial<Record<EdmType, string>>> = {
  byte: 'an unsigned byte',
  i16: 'an Int16',
  i32: 'an Int32',
};

/**
 * Reads a property from a JSON body by its type; a value of another type is refused with 400. GUIDs come back in
 * lower case, dates as milliseconds of the wall clock "as if UTC".
 */
export function readValue(field: Field, value: unknown): Value {
  if (value === null) return null;
  const range = RANGES[field.type];
  const read = range ? readInteger(field, value, range) : READERS[field.type]?.(value);
  if (read === undefined) throw wrongType(field.name);
  return read;
}

/** What a JSON value means for a type; undefined = it is of another type. */
const READERS: Readonly<Partial<Record<EdmType, (value: unknown) => Value>>> = {
  str: readText,
  bin: readText,
  guid: (value) => (isText(value) && GUID.test(value) ? value.replace(/[{}]/g, '').toLowerCase() : undefined),
  bool: (value) => (typeof value === 'boolean' ? value : undefined),
  dbl: (value) => {
    if (typeof value === 'number') return value;
    return isText(value) && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
  },
  i64: (value) => {
    if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
    return isText(value) && /^-?\d{1,19}$/.test(value) ? value : undefined;
  },
  date: readDate,
};

const GUID = /^\{?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?$/;

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function readText(value: unknown): Value {
  return isText(value) ? value : undefined;
}

function readInteger(field: Field, value: unknown, [low, high]: readonly [number, number]): Value {
  if (typeof value !== 'number' || !Number.isInteger(value)) return undefined;
  if (value >= low && value <= high) return value;
  const clr = CLR_NAMES[field.type] ?? 'a number';
  throw new Refusal(400, `Value was either too large or too small for ${clr}. (${field.name})`);
}

/** Zone-less dates are taken as they stand; a trailing Z is shifted to Dutch time, which can move the day. */
function readDate(value: unknown): Value {
  const text = isText(value) ? value : '';
  const wrapped = /^\/Date\((-?\d+)([+-]\d{4})?\)\/$/.exec(text);
  if (wrapped) return Number(wrapped[1]);
  const match = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(text);
  const zone = match?.[4];
  const withTime =
    match?.[1] === undefined
      ? `${text.slice(0, 10)}T00:00`
      : text.slice(0, text.length - (zone?.length ?? 0));
  const ms = match ? Date.parse(`${withTime}${zone ?? 'Z'}`) : Number.NaN;
  if (Number.isNaN(ms)) return undefined;
  return zone === undefined ? ms : wallTimeMs(ms);
}

function wrongType(name: string): Refusal {
  return new Refusal(
    400,
    `Error processing request stream. The property value of '${name}' has the wrong type.`,
  );
}
