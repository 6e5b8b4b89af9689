import type { EdmType, Field } from '../schema/edm.js';
import type { Division } from '../store/division.js';
import type { Row, Value } from '../store/rows.js';

/** Writes one property's value in Exact's verbose JSON. */
export function valueJson(type: EdmType, value: Value): string {
  if (value === null || value === undefined) return 'null';
  switch (type) {
    case 'date':
      return `"\\/Date(${String(value)})\\/"`;
    case 'guid':
    case 'i64':
      return `"${String(value)}"`;
    case 'str':
    case 'bin':
    case 'coll':
      return JSON.stringify(value);
    default:
      return String(value);
  }
}

/** Writes one record; `uri` is the address in its `__metadata`. */
export type RowWriter = (row: Row, uri: string) => string;

export interface RowShape {
  readonly model: string;
  readonly fields: readonly Field[];
  readonly division: Division;
  /** Collections in the answer: the expanded content, or undefined for a deferred link. */
  readonly collections: readonly CollectionColumn[];
}

export interface CollectionColumn {
  readonly name: string;
  readonly expand: ((row: Row) => string) | undefined;
}

/** Prepares the writing of many records of one shape. */
export function rowWriter(shape: RowShape): RowWriter {
  const { division, collections } = shape;
  const columns = shape.fields.map(columnWriter);
  const metadataEnd = `","type":"Exact.Web.Api.Models.${shape.model}"}`;
  return (row, uri) => {
    let json = `{"__metadata":{"uri":"${uri}${metadataEnd}`;
    for (const column of columns) json += column(row, division);
    for (const { name, expand } of collections) {
      const content = expand ? `{"results":[${expand(row)}]}` : `{"__deferred":{"uri":"${uri}/${name}"}}`;
      json += `,"${name}":${content}`;
    }
    return `${json}}`;
  };
}

/** Writes `,"Name":value`; a page has tens of thousands of these, so each type has its own shortest way. */
function columnWriter(field: Field): (row: Row, division: Division) => string {
  const { read, type } = field;
  const head = `,"${field.name}":`;
  const empty = `${head}null`;
  if (type === 'guid' || type === 'i64') {
    return (row, division) => {
      const value = read(row, division);
      return value === null || value === undefined ? empty : `${head}"${String(value)}"`;
    };
  }
  return (row, division) => {
    const value = read(row, division);
    return value === null || value === undefined ? empty : head + valueJson(type, value);
  };
}
