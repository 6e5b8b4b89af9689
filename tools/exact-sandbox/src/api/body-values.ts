import { readValue } from '../odata/json-reader.js';
import { Refusal } from '../odata/refusal.js';
import { objection, type Language } from '../odata/messages.js';
import type { Field } from '../schema/edm.js';
import type { Entity } from '../schema/entity.js';
import { RECORD_KINDS, type Division } from '../store/division.js';
import type { Value } from '../store/rows.js';
import type { Values } from '../rules/write-context.js';

const BODY_PROPERTIES_MAX = 500;

/** How a body is read. */
export interface BodyReading {
  readonly division: Division;
  readonly method: 'POST' | 'PUT';
  readonly lengthPolicy: 'refuse' | 'truncate';
  readonly language: Language;
}

/** Suggested storage widths (specification, section 4.12); Exact's reference gives none. */
const LENGTHS: Readonly<Record<string, number>> = {
  Name: 50,
  AddressLine1: 80,
  AddressLine2: 80,
  AddressLine3: 80,
  Postcode: 20,
  City: 50,
  Phone: 25,
  Mobile: 25,
  Email: 128,
  Website: 128,
  VATNumber: 20,
  ChamberOfCommerce: 20,
  SearchCode: 20,
  FirstName: 50,
  LastName: 50,
  YourRef: 30,
  Description: 60,
};

/** Parses a JSON body into an object; anything else is refused with 400. */
export function parseBody(text: string): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Refusal(400, 'Error processing request stream. The request body is not valid JSON.');
  }
  return asObject(parsed);
}

/**
 * Reads the properties that a caller may set. Unknown names are refused with 400; known names that may not be set by
 * this method are ignored without a word; references to records of another division become null (section 3.7).
 */
export function bodyValues(
  entity: Entity,
  body: Readonly<Record<string, unknown>>,
  reading: BodyReading,
): Values {
  const names = Object.keys(body);
  if (names.length > BODY_PROPERTIES_MAX) throw new Refusal(400, 'Error processing request stream.');
  const values: Record<string, Value> = {};
  for (const name of names) {
    const field = entity.fieldByName.get(name);
    if (!field) {
      throw new Refusal(
        400,
        `Error processing request stream. The property '${name}' does not exist on type '${entity.model}'.`,
      );
    }
    if (
      field.type === 'coll' ||
      field.type === 'bin' ||
      name === entity.key ||
      !maySet(field, reading.method)
    )
      continue;
    const target = name === entity.owner ? '$account' : name;
    values[target] = new Storing(entity, field, reading).stored(readValue(field, body[name]));
  }
  return values;
}

/** The lines that stand inside a header, each read like a body of its own. */
export function bodyLines(entity: Entity, collection: unknown, reading: BodyReading): readonly Values[] {
  if (collection === undefined || collection === null) return [];
  const list: unknown = Array.isArray(collection) ? collection : asObject(collection).results;
  if (!Array.isArray(list)) throw new Refusal(400, 'Error processing request stream.');
  return list.map((line) => bodyValues(entity, asObject(line), reading));
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal(400, 'Error processing request stream. An object was expected.');
  }
  // Safe: a non-null, non-array object from JSON has text keys.
  return value as Readonly<Record<string, unknown>>;
}

function maySet(field: Field, method: 'POST' | 'PUT'): boolean {
  if (field.flag === 'w') return true;
  return field.flag === (method === 'POST' ? 'c' : 'u');
}

/** How one property is kept. */
class Storing {
  constructor(
    private readonly entity: Entity,
    private readonly field: Field,
    private readonly reading: BodyReading,
  ) {}

  stored(value: Value): Value {
    const { entity, field, reading } = this;
    if (value === null) return null;
    if (field.type === 'guid') return this.reference(String(value));
    if (typeof value !== 'string' || field.type !== 'str') return value;
    const trimmed = entity.widths?.[field.name] === undefined ? value : value.trimEnd();
    const max = LENGTHS[field.name];
    if (max === undefined || trimmed.length <= max) return trimmed;
    if (reading.lengthPolicy === 'refuse') throw objection(reading.language, 'length', field.name);
    return trimmed.slice(0, max);
  }

  /** A GUID becomes the row that it names in this division, or null: Exact drops what it does not find. */
  private reference(guid: string): Value {
    const { entity, field } = this;
    const { division } = this.reading;
    const target = field.name === entity.owner ? 'Accounts' : entity.references?.[field.name];
    if (target === undefined) return null;
    if (target !== 'Users') return division.tables[target].find(guid)?.$row ?? null;
    const at = division.guids.decode(guid);
    return at?.kind === RECORD_KINDS.Users ? at.row : null;
  }
}
