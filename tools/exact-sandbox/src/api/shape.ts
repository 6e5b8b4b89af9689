import { rowWriter, valueJson, type CollectionColumn, type RowWriter } from '../odata/json-writer.js';
import { Refusal } from '../odata/refusal.js';
import type { Field } from '../schema/edm.js';
import { endpointOf, type Endpoint } from '../schema/endpoints.js';
import type { Division, TableName } from '../store/division.js';
import type { Row } from '../store/rows.js';

const SELECT_MAX = 250;

/** Where records are looked at: an endpoint, a division, and `http://host/api/v1/{division}`. */
export interface View {
  readonly endpoint: Endpoint;
  readonly division: Division;
  readonly base: string;
}

/** What a read wants to see. */
export interface Wish {
  readonly select: readonly string[] | undefined;
  readonly expand: readonly string[];
}

/** Prepares the writing of an endpoint's rows for a `$select` and `$expand`; unknown names are refused with 400. */
export function writerFor(view: View, wish: Wish): (row: Row) => string {
  const { endpoint, division } = view;
  const names = wish.select;
  if (names && names.length > SELECT_MAX) throw new Refusal(400, 'The $select option is too long.');
  const own = names?.filter((name) => !name.includes('/'));
  const write = rowWriter({
    model: endpoint.entity.model,
    fields: own ? selected(endpoint, own) : endpoint.fields,
    division,
    collections: collectionsFor(view, wish),
  });
  return withAddress(write, view);
}

/** The address of a record, as in `__metadata.uri`. */
export function recordUri({ endpoint, division, base }: View, row: Row): string {
  return `${base}/${endpoint.path}(${keyLiteral(endpoint.key, row, division)})`;
}

/** A key as it stands between parentheses or in a `$skiptoken`. */
export function keyLiteral(field: Field, row: Row, division: Division): string {
  const value = field.read(row, division);
  switch (field.type) {
    case 'guid':
      return `guid'${String(value)}'`;
    case 'i64':
      return `${String(value)}L`;
    case 'str':
      return value === null || value === undefined ? 'null' : `'${String(value).replace(/'/g, "''")}'`;
    case 'date':
      return value === null || value === undefined
        ? 'null'
        : `datetime'${new Date(Number(value)).toISOString().slice(0, -1)}'`;
    default:
      return value === null || value === undefined ? 'null' : valueJson(field.type, value);
  }
}

function withAddress(write: RowWriter, { endpoint, division, base }: View): (row: Row) => string {
  const { key } = endpoint;
  const head = `${base}/${endpoint.path}(`;
  if (key.type === 'guid') return (row) => write(row, `${head}guid'${String(key.read(row, division))}')`);
  return (row) => write(row, `${head}${keyLiteral(key, row, division)})`);
}

function selected(endpoint: Endpoint, names: readonly string[]): readonly Field[] {
  return names.flatMap((name) => {
    const field = endpoint.fieldByName.get(name);
    if (!field)
      throw new Refusal(400, `Could not find a property named '${name}' on type '${endpoint.entity.model}'.`);
    return field.type === 'coll' ? [] : [field];
  });
}

function collectionsFor(view: View, wish: Wish): readonly CollectionColumn[] {
  const { endpoint } = view;
  const known = endpoint.entity.collections ?? {};
  for (const name of wish.expand) {
    if (!(name in known) || endpoint.kind === 'sync') throw new Refusal(400, `Could not expand '${name}'.`);
  }
  if (endpoint.kind === 'sync') return [];
  const names = Object.keys(known).filter((name) => {
    const isSelected =
      wish.select?.some((wanted) => wanted === name || wanted.startsWith(`${name}/`)) ?? true;
    return isSelected || wish.expand.includes(name);
  });
  return names.map((name) => ({
    name,
    expand: wish.expand.includes(name) ? expander(view, name, wish) : undefined,
  }));
}

function expander(view: View, name: string, wish: Wish): (row: Row) => string {
  const { endpoint, division, base } = view;
  const table = endpoint.entity.collections?.[name];
  const target = table === undefined ? undefined : endpointOf(table);
  if (!table || !target) throw new Refusal(400, `Could not expand '${name}'.`);
  const inner = wish.select
    ?.filter((wanted) => wanted.startsWith(`${name}/`))
    .map((wanted) => wanted.slice(name.length + 1));
  const write = writerFor(
    { endpoint: target, division, base },
    { select: inner?.length ? inner : undefined, expand: [] },
  );
  return (row) => [...childrenOf(view, table, row)].map(write).join(',');
}

/** The rows of a collection: lines point back to their entry, the rest to their account. */
export function childrenOf({ endpoint, division }: View, table: TableName, row: Row): Iterable<Row> {
  const backReference = endpoint.entity.table === 'SalesEntries' ? 'EntryID' : '$account';
  return division.tables[table].where(backReference, row.$row);
}
