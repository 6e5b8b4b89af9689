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
  switch (field.type) {
    case 'str':
    case 'bin':
      if (typeof value === 'string') return value;
      break;
    case 'guid':
      if (typeof value === 'string' && GUID.test(value)) return value.replace(/[{}]/g, '').toLowerCase();
      break;
    case 'bool':
      if (typeof value === 'boolean') return value;
      break;
    case 'dbl':
      if (typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)))
        return Number(value);
      break;
    case 'date':
      return readDate(field.name, value);
    case 'i64':
      if (Number.isSafeInteger(value) || (typeof value === 'string' && /^-?\d{1,19}$/.test(value)))
        return String(value);
      break;
    default:
      return readInteger(field, value);
  }
  throw wrongType(field.name);
}

const GUID = /^\{?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?$/;

function readInteger(field: Field, value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(field.name);
  const [low, high] = RANGES[field.type] ?? [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  if (value < low || value > high) {
    throw new Refusal(
      400,
      `Value was either too large or too small for ${CLR_NAMES[field.type] ?? 'a number'}. (${field.name})`,
    );
  }
  return value;
}

/** Zone-less dates are taken as they stand; a trailing Z is shifted to Dutch time, which can move the day. */
function readDate(name: string, value: unknown): number {
  const text = typeof value === 'string' ? value : '';
  const wrapped = /^\/Date\((-?\d+)([+-]\d{4})?\)\/$/.exec(text);
  if (wrapped) return Number(wrapped[1]);
  const match = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(text);
  const zone = match?.[4];
  const withTime =
    match?.[1] === undefined
      ? `${text.slice(0, 10)}T00:00`
      : text.slice(0, text.length - (zone?.length ?? 0));
  const ms = match ? Date.parse(`${withTime}${zone ?? 'Z'}`) : Number.NaN;
  if (Number.isNaN(ms)) throw wrongType(name);
  return zone === undefined ? ms : wallTimeMs(ms);
}

function wrongType(name: string): Refusal {
  return new Refusal(
    400,
    `Error processing request stream. The property value of '${name}' has the wrong type.`,
  );
}
