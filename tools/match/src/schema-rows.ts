import type { MatchSchema, SchemaRow } from '@koppel/domain/matching';
import { InputError } from './input-error.js';
import { columnIndex } from './relation-rows.js';

/** A row by a match schema, under the id that the command works with. */
export interface IdentifiedRow {
  readonly id: string;
  readonly row: SchemaRow;
}

/**
 * Makes the function that turns cells into a row of the schema. The id stands in the schema's id column, or in a column `id`;
 * columns that the file lacks are empty, but a file with none of the schema's columns is an InputError.
 */
export function schemaReader(
  schema: MatchSchema,
  header: readonly string[],
): (cells: readonly string[]) => IdentifiedRow {
  const idAt = header.includes(schema.id) ? columnIndex(header, schema.id) : columnIndex(header, 'id');
  const places = valueColumns(schema)
    .map((column) => [column, columnIndex(header, column)] as const)
    .filter(([, at]) => at >= 0);
  if (places.length === 0)
    throw new InputError(
      'wrong-columns',
      `the header has none of the columns of the schema "${schema.name}"`,
    );
  return (cells) => {
    const id = cells[idAt]?.trim() ?? '';
    const row = Object.fromEntries(places.map(([column, at]) => [column, cells[at]?.trim() ?? '']));
    return { id, row: { ...row, [schema.id]: id } };
  };
}

/** The names of the columns that are read by a schema. */
export function schemaColumnNames(schema: MatchSchema, header: readonly string[]): string[] {
  return [header.includes(schema.id) ? schema.id : 'id', ...valueColumns(schema)];
}

function valueColumns({ fields, source }: MatchSchema): string[] {
  return [
    ...new Set([...fields.flatMap(({ columns }) => columns), ...(source === undefined ? [] : [source])]),
  ];
}
