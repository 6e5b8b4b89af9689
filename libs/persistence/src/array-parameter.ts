type Element = string | number | bigint | boolean | null;

/**
 * One value of every row, as an array parameter. Rows travel as such columns and not as JSON: a column is parsed once, into the type
 * that is stored; `jsonb_to_recordset` costs four times as much.
 */
export function column<Row>(rows: readonly Row[], valueOf: (row: Row) => Element): string {
  return arrayParameter(rows.map(valueOf));
}

/** The same for `jsonb`: to be read as `text[]` and cast where it is stored. Null is no value at all, not JSON's null. */
export function jsonColumn<Row>(rows: readonly Row[], valueOf: (row: Row) => object | null): string {
  return column(rows, (row) => {
    const value = valueOf(row);
    return value === null ? null : JSON.stringify(value);
  });
}

/** The same for `jsonb` that every row has: one document, to be read by `jsonb_array_elements`, without a text in a text. */
export function jsonElements<Row>(rows: readonly Row[], valueOf: (row: Row) => object): string {
  return JSON.stringify(rows.map(valueOf));
}

/** The same for moments. */
export function momentColumn<Row>(rows: readonly Row[], valueOf: (row: Row) => Date | null): string {
  return column(rows, (row) => valueOf(row)?.toISOString() ?? null);
}

const plain = /^[\w.:+-]+$/;

/** Postgres's text form of an array, to be cast where it is used: one parameter for a whole column. */
export function arrayParameter(values: readonly Element[]): string {
  return `{${values.map(toText).join(',')}}`;
}

function toText(value: Element): string {
  if (value === null) return 'NULL';
  const text = String(value);
  const isPlain = plain.test(text) && text.toLowerCase() !== 'null';
  return isPlain ? text : `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
