import { statSync } from 'node:fs';
import {
  clusterBySchema,
  clusterRecords,
  PartCollector,
  type ClusteredRecord,
  type MatchRecord,
  type MatchSchema,
  type ReadRecords,
  type SchemaRow,
} from '@koppel/domain/matching';
import { AtomicFile } from './atomic-file.js';
import { toCsvLine } from './csv-line.js';
import { inBothLanguages } from './in-both-languages.js';
import { findMatchSchema } from './match-schema.js';
import type { MatchOptions } from './options.js';
import { Progress } from './progress.js';
import { readInThreads } from './read-in-threads.js';
import { drain, readRecords } from './read-records.js';
import { readTable, type Table } from './read-table.js';
import { relationReader } from './relation-rows.js';
import { bytesPerRead } from './row-pieces.js';
import { schemaReader, type IdentifiedRow } from './schema-rows.js';
import { summarise, type Summary } from './summary.js';
import { assertIdColumn, LinesOfIds, UniqueIds } from './unique-ids.js';

/**
 * Reads records from a CSV file and writes the cluster of each, in the order of the file: relations, or what a match schema
 * says. Nothing is written when the input is wrong (InputError). `say` gets the progress.
 */
export async function matchFile(options: MatchOptions, say: (line: string) => void): Promise<Summary> {
  const schema = options.schema === undefined ? undefined : await findMatchSchema(options.schema);
  const table = await readTable(options.in);
  try {
    return await matchTable(table, { options, schema, say });
  } finally {
    await table.close();
  }
}

interface Work {
  readonly options: MatchOptions;
  readonly schema: MatchSchema | undefined;
  readonly say: (line: string) => void;
}

async function matchTable(table: Table, { options, schema, say }: Work): Promise<Summary> {
  assertIdColumn(table.header, schema ? [schema.id, 'id'] : ['id']);
  const progress = new Progress(say, () => performance.now());
  const onRows = (rows: number): void => progress.report('reading', rows);
  const { band } = options;
  const onProgress = (done: number, total: number): void => progress.report('comparing', done, total);
  if (schema) {
    const ids = new UniqueIds();
    const pieces = await readRecords(table, schemaReader(schema, table.header), { ids, onRows });
    return writeFiles(options, (explain) => {
      const verdicts = explain && { onVerdict: explain };
      const clustered = clusterBySchema(schema, rowsOf(pieces), { band, onProgress, ...verdicts });
      return inOrder(ids, clustered);
    });
  }
  const records = await readRelations(options.in, table, onRows);
  return writeFiles(options, (explain) =>
    clusterRecords(records, {
      band,
      onProgress,
      order: 'input',
      ...(explain && { onVerdict: (verdict) => explain(inBothLanguages(verdict)) }),
    }),
  );
}

/** From this size on threads win more than they cost. */
const threadsFromBytes = 8 * 2 ** 20;

async function readRelations(
  file: string,
  table: Table,
  onRows: (rows: number) => void,
): Promise<ReadRecords | Iterable<MatchRecord>> {
  const readRow = relationReader(table.header); // refuses a header that names a column twice
  const bytes = statSync(file).size;
  if (bytes < threadsFromBytes)
    return drain(await readRecords(table, readRow, { ids: new UniqueIds(), onRows }));
  await table.close();
  const collector = new PartCollector(Math.ceil(bytes / bytesPerRead) + 1);
  const onPart = collector.append.bind(collector);
  const ids = new LinesOfIds();
  await readInThreads(file, table.header, { ids, onRows, onPart });
  try {
    return collector.finish();
  } catch (error) {
    throw ids.withLines(error);
  }
}

function* rowsOf(pieces: IdentifiedRow[][]): Generator<SchemaRow> {
  for (const { row } of drain(pieces)) yield row;
}

type Explain = (verdict: object) => void;
type ClusterWork = (explain: Explain | undefined) => readonly ClusteredRecord[];

/** Both files appear when everything went well, or neither does. */
function writeFiles(options: MatchOptions, work: ClusterWork): Summary {
  const clusters = new AtomicFile(options.out);
  let explanations: AtomicFile | undefined;
  try {
    explanations = options.explain === undefined ? undefined : new AtomicFile(options.explain);
    const clustered = work(
      explanations && ((verdict) => explanations?.write(`${JSON.stringify(verdict)}\n`)),
    );
    writeClusters(clusters, clustered);
    explanations?.commit();
    clusters.commit();
    return summarise(clustered);
  } finally {
    explanations?.discard();
    clusters.discard();
  }
}

function writeClusters(file: AtomicFile, clustered: readonly ClusteredRecord[]): void {
  file.write(toCsvLine(['id', 'cluster', 'band']));
  for (const { id, cluster, band } of clustered) file.write(toCsvLine([id, cluster, band]));
}

/** The clusters in the order of the file. */
function inOrder(ids: UniqueIds, clustered: readonly ClusteredRecord[]): ClusteredRecord[] {
  const of = new Map(clustered.map((one) => [one.id, one]));
  return Array.from(ids, (id) => {
    const record = of.get(id);
    if (!record) throw new Error(`record "${id}" has no cluster`);
    return record;
  });
}
