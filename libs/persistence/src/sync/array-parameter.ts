type Element = string | number | bigint | boolean | null;

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
