/** A column as drizzle-kit describes it. */
interface Column {
  readonly type: string;
  readonly notNull: boolean;
  readonly default?: unknown;
}

export type Columns = Readonly<Record<string, Column | undefined>>;

/** The part of a drizzle-kit snapshot that a program which reads and writes rows depends on. */
export interface Snapshot {
  readonly tables: Readonly<Record<string, Table | undefined>>;
}

type Named = Readonly<Record<string, unknown>>;

interface Table {
  readonly columns: Columns;
  readonly checkConstraints?: Named;
  readonly foreignKeys?: Named;
  readonly uniqueConstraints?: Named;
  readonly indexes?: Readonly<Record<string, { readonly isUnique: boolean } | undefined>>;
}

/**
 * What a program written for `before` could not go on with after a migration to `after`, in words: tables and columns that are gone or of
 * another type, columns that it does not fill although they must be, and new rules that its rows may not keep to.
 */
export function breaksOf(before: Snapshot, after: Snapshot): string[] {
  return Object.entries(before.tables).flatMap(([table, was]) => {
    const is = after.tables[table];
    if (!was) return [];
    if (!is) return [`${table} is gone`];
    return [...brokenColumns(table, was.columns, is.columns), ...newRules(table, was, is)];
  });
}

function newRules(table: string, before: Table, after: Table): string[] {
  const known = new Set(rulesOf(before));
  return rulesOf(after)
    .filter((name) => !known.has(name))
    .map((name) => `${table} has a new rule ${name}`);
}

function rulesOf({ checkConstraints, foreignKeys, uniqueConstraints, indexes }: Table): string[] {
  const unique = Object.entries(indexes ?? {}).flatMap(([name, index]) => (index?.isUnique ? [name] : []));
  return [
    ...[checkConstraints, foreignKeys, uniqueConstraints].flatMap((of) => Object.keys(of ?? {})),
    ...unique,
  ];
}

function brokenColumns(table: string, before: Columns, after: Columns): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const broken = brokenColumn(before[name], after[name]);
    return broken === undefined ? [] : [`${table}.${name} ${broken}`];
  });
}

function brokenColumn(was: Column | undefined, is: Column | undefined): string | undefined {
  if (!is) return 'is gone';
  if (was && was.type !== is.type) return 'has another type';
  const filledItself = was === undefined || !was.notNull || was.default !== undefined;
  const isNewDuty = is.notNull && is.default === undefined && filledItself;
  return isNewDuty ? 'must be filled' : undefined;
}

/**
 * Tables that a migration keeps from being read while it builds an index: the index stands in one transaction with another change of a
 * table that was there before.
 */
export function indexesBuiltUnderLock(statements: readonly string[]): string[] {
  const made = tablesOf(statements, /^create table (?:if not exists )?"(\w+)"/i);
  const indexed = tablesOf(statements, /^create (?:unique )?index .*? on "(\w+)"/i);
  const altered = new Set(tablesOf(statements, /^alter table "(\w+)"/i));
  return [...new Set(indexed)].filter((table) => altered.has(table) && !made.includes(table));
}

function tablesOf(statements: readonly string[], pattern: RegExp): string[] {
  return statements.flatMap((statement) => pattern.exec(statement.trim())?.[1] ?? []);
}
