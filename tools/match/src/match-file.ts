import { statSync } from 'node:fs';
import {
  clusterBySchema,
  clusterRecords,
  ClusteringInParts,
  PartCollector,
  relationSchema,
  type ClusteredRecord,
  type ClusterRecordsOptions,
  type MatchSchema,
  type RelationRules,
  type RelationSchema,
  type SharedReadRecords,
  type SchemaRow,
} from '@koppel/domain/matching';
import { assertReplaceable, AtomicFile } from './atomic-file.js';
import { compareInThreads } from './compare-in-threads.js';
import { toCsvLine } from './csv-line.js';
import { findMatchSchema, rulesOf } from './find-match-schema.js';
import { inBothLanguages } from './in-both-languages.js';
import { startThreads, usefulThreads, type MatchThread } from './match-threads.js';
import type { MatchOptions } from './options.js';
import { PieceReader, type RelationFile } from './piece-reader.js';
import { Progress } from './progress.js';
import { readInThreads } from './read-in-threads.js';
import { drain, readRecords } from './read-records.js';
import { readTable, type Table } from './read-table.js';
import { relationColumnNames, relationReader } from './relation-rows.js';
import { bytesPerRead } from './row-pieces.js';
import { schemaColumnNames, schemaReader, type IdentifiedRow } from './schema-rows.js';
import { summarise, type Summary } from './summary.js';
import { assertIdColumn, LinesOfIds, UniqueIds } from './unique-ids.js';
import { unusedColumns } from './unused-columns.js';

/**
 * Reads records from a CSV file and writes the cluster of each, in the order of the file: relations, or what a match schema
 * says. Nothing is written when the input is wrong (InputError). `say` gets the progress.
 */
export async function matchFile(
  options: MatchOptions,
  say: (line: string) => void,
  threads = usefulThreads(),
): Promise<Summary> {
  for (const file of [options.out, options.explain]) if (file !== undefined) assertReplaceable(file);
  const schema = options.schema === undefined ? relationSchema : await findMatchSchema(options.schema);
  const table = await readTable(options.in);
  try {
    return await matchTable(table, { options, schema, say, threads });
  } finally {
    await table.close();
  }
}

interface Work {
  readonly options: MatchOptions;
  readonly schema: MatchSchema | RelationSchema;
  readonly say: (line: string) => void;
  readonly threads: number;
}

async function matchTable(table: Table, { options, schema, say, threads }: Work): Promise<Summary> {
  assertIdColumn(table.header, schema.id === 'id' ? ['id'] : [schema.id, 'id']);
  sayUnused(table.header, schema, say);
  const progress = new Progress(say, () => performance.now());
  const onRows = (rows: number): void => progress.report('reading', rows);
  const { band } = options;
  const onProgress = (done: number, total: number): void => progress.report('comparing', done, total);
  if (!('engine' in schema)) {
    const ids = new UniqueIds();
    const pieces = await readRecords(table, schemaReader(schema, table.header), { ids, onRows });
    return writeFiles(options, (explain) => {
      const verdicts = explain && { onVerdict: explain };
      const clustered = clusterBySchema(schema, rowsOf(pieces), { band, onProgress, ...verdicts });
      return inOrder(ids, clustered);
    });
  }
  const rules = rulesOf(schema);
  const clusterOptions = { band, rules, onProgress, order: 'input' } as const;
  const readRow = relationReader(table.header, schema); // refuses a header that names a column twice
  if (statSync(options.in).size >= threadsFromBytes) {
    await table.close();
    return matchInThreads({ options, header: table.header, rules, threads, onRows }, clusterOptions);
  }
  const records = drain(await readRecords(table, readRow, { ids: new UniqueIds(), onRows }));
  return writeFiles(options, (explain) => clusterRecords(records, { ...clusterOptions, ...told(explain) }));
}

function sayUnused(header: readonly string[], schema: Work['schema'], say: Work['say']): void {
  const used = 'engine' in schema ? relationColumnNames(schema, header) : schemaColumnNames(schema, header);
  const told = unusedColumns(header, used);
  if (told !== null) say(told);
}

/** From this size on threads win more than they cost. */
const threadsFromBytes = 8 * 2 ** 20;

interface LargeFile {
  readonly options: MatchOptions;
  readonly header: readonly string[];
  readonly rules: RelationRules;
  readonly threads: number;
  readonly onRows: (rows: number) => void;
}

/** As for a small file, by several threads; with explanations this one compares alone, since they are told one after the other. */
async function matchInThreads(
  file: LargeFile,
  clusterOptions: Omit<ClusterRecordsOptions, 'onVerdict'>,
): Promise<Summary> {
  const { options, header } = file;
  const source = { file: options.in, header, schema: file.rules.schema };
  const threads = startThreads(file.threads, source);
  try {
    const records = await readRelations(threads, source, file);
    const work: ClusterWork = async (explain) => {
      if (explain) return clusterRecords(records, { ...clusterOptions, ...told(explain) });
      const clustering = new ClusteringInParts(records, clusterOptions);
      await compareInThreads(threads, clustering);
      return clustering.finish();
    };
    return await writeFiles(options, work, file.threads);
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

async function readRelations(
  threads: readonly MatchThread[],
  source: RelationFile,
  { options, onRows }: LargeFile,
): Promise<SharedReadRecords> {
  const collector = new PartCollector(Math.ceil(statSync(options.in).size / bytesPerRead) + 1);
  const onPart = collector.append.bind(collector);
  const ids = new LinesOfIds();
  const here = new PieceReader(source, { number: 0, readers: threads.length + 1 });
  await readInThreads({ threads, here }, options.in, { ids, onRows, onPart });
  try {
    return collector.finish();
  } catch (error) {
    throw ids.withLines(error);
  }
}

function told(explain: Explain | undefined): Pick<ClusterRecordsOptions, 'onVerdict'> {
  return explain ? { onVerdict: (verdict) => explain(inBothLanguages(verdict)) } : {};
}

function* rowsOf(pieces: IdentifiedRow[][]): Generator<SchemaRow> {
  for (const { row } of drain(pieces)) yield row;
}

type Explain = (verdict: object) => void;
type ClusterWork = (
  explain: Explain | undefined,
) => readonly ClusteredRecord[] | Promise<readonly ClusteredRecord[]>;

/** Both files appear when everything went well, or neither does. */
async function writeFiles(options: MatchOptions, work: ClusterWork, threads = 1): Promise<Summary> {
  const clusters = new AtomicFile(options.out);
  let explanations: AtomicFile | undefined;
  try {
    explanations = options.explain === undefined ? undefined : new AtomicFile(options.explain);
    const clustered = await work(
      explanations && ((verdict) => explanations?.write(`${JSON.stringify(verdict)}\n`)),
    );
    writeClusters(clusters, clustered);
    explanations?.commit();
    clusters.commit();
    return summarise(clustered, threads);
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
