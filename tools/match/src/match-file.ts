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
import { readMatchSchema } from './match-schema.js';
import type { MatchOptions } from './options.js';
import { Progress } from './progress.js';
import { readInThreads } from './read-in-threads.js';
import { drain, readRecords } from './read-records.js';
import { readTable, type Table } from './read-table.js';
import { relationReader } from './relation-rows.js';
import { schemaReader, type IdentifiedRow } from './schema-rows.js';
import { summarise, type Summary } from './summary.js';
import { assertIdColumn, UniqueIds } from './unique-ids.js';

/**
 * Reads records from a CSV file and writes the cluster of each, in the order of the file: relations, or what a match schema
 * says. Nothing is written when the input is wrong (InputError). `say` gets the progress.
 */
export async function matchFile(options: MatchOptions, say: (line: string) => void): Promise<Summary> {
  const schema = options.schema === undefined ? undefined : await readMatchSchema(options.schema);
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
  const ids = new UniqueIds();
  const checks = { ids, onRows: (rows: number) => progress.report('reading', rows) };
  const { band } = options;
  const onProgress = (done: number, total: number): void => progress.report('comparing', done, total);
  if (schema) {
    const pieces = await readRecords(table, schemaReader(schema, table.header), checks);
    return writeFiles(options, ids, (explain) =>
      clusterBySchema(schema, rowsOf(pieces), { band, onProgress, ...(explain && { onVerdict: explain }) }),
    );
  }
  const records = await readRelations(options.in, table, checks);
  return writeFiles(options, ids, (explain) =>
    clusterRecords(records, {
      band,
      onProgress,
      ...(explain && { onVerdict: (verdict) => explain(inBothLanguages(verdict)) }),
    }),
  );
}

/** From this size on threads win more than they cost. */
const threadsFromBytes = 8 * 2 ** 20;

async function readRelations(
  file: string,
  table: Table,
  checks: { ids: UniqueIds; onRows: (rows: number) => void },
): Promise<ReadRecords | Iterable<MatchRecord>> {
  const readRow = relationReader(table.header); // refuses a header that names a column twice
  if (statSync(file).size < threadsFromBytes) return drain(await readRecords(table, readRow, checks));
  await table.close();
  const collector = new PartCollector();
  const onPart = collector.append.bind(collector);
  await readInThreads(file, table.header, { ...checks, onPart });
  return collector.finish();
}

function* rowsOf(pieces: IdentifiedRow[][]): Generator<SchemaRow> {
  for (const { row } of drain(pieces)) yield row;
}

type Explain = (verdict: object) => void;
type ClusterWork = (explain: Explain | undefined) => readonly ClusteredRecord[];

/** Both files appear when everything went well, or neither does. */
function writeFiles(options: MatchOptions, ids: UniqueIds, work: ClusterWork): Summary {
  const clusters = new AtomicFile(options.out);
  let explanations: AtomicFile | undefined;
  try {
    explanations = options.explain === undefined ? undefined : new AtomicFile(options.explain);
    const clustered = work(
      explanations && ((verdict) => explanations?.write(`${JSON.stringify(verdict)}\n`)),
    );
    writeClusters(clusters, ids, clustered);
    explanations?.commit();
    clusters.commit();
    return summarise(clustered);
  } finally {
    explanations?.discard();
    clusters.discard();
  }
}

function writeClusters(file: AtomicFile, ids: UniqueIds, clustered: readonly ClusteredRecord[]): void {
  let of: ReadonlyMap<string, ClusteredRecord> | undefined;
  let at = 0;
  file.write(toCsvLine(['id', 'cluster', 'band']));
  for (const id of ids) {
    let record = clustered[at++];
    // Most files are in the order of their ids, as the clusters are.
    if (record?.id !== id) record = (of ??= new Map(clustered.map((one) => [one.id, one]))).get(id);
    if (!record) throw new Error(`record "${id}" has no cluster`);
    file.write(toCsvLine([id, record.cluster, record.band]));
  }
}
