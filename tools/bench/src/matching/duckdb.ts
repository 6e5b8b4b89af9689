/** As much of `@duckdb/node-api` as is used here. */
export interface Database {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRowObjectsJson(): Record<string, string | number | null>[] }>;
  closeSync(): void;
}

interface DuckDbPackage {
  readonly DuckDBInstance: {
    create(file: string): Promise<{ connect(): Promise<Database>; closeSync(): void }>;
  };
}

// A development dependency, which an installation for production does not have: so it is looked for at run time.
const duckDbPackage: string = '@duckdb/node-api';

/** Runs `work` on a database in memory. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const { DuckDBInstance } = (await import(duckDbPackage)) as DuckDbPackage;
  const instance = await DuckDBInstance.create(':memory:');
  const database = await instance.connect();
  try {
    return await work(database);
  } finally {
    database.closeSync();
    instance.closeSync();
  }
}

/** A CSV file as a table of texts, for use in SQL. */
export function csvTable(file: string): string {
  return `read_csv('${file.replaceAll("'", "''")}', all_varchar = true, header = true, delim = ',', quote = '"', escape = '"', strict_mode = false)`;
}

/** The first row of an answer, as numbers. */
export async function numbers(database: Database, sql: string): Promise<Record<string, number>> {
  const [row = {}] = (await database.runAndReadAll(sql)).getRowObjectsJson();
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, Number(value ?? 0)]));
}
