import { clusterRecords, type ClusteredRecord, type PairVerdict } from '@koppel/domain/matching';
import { AtomicFile } from './atomic-file.js';
import { toCsvLine } from './csv-line.js';
import { explanationLine } from './explanation-line.js';
import { InputError } from './input-error.js';
import type { MatchOptions } from './options.js';
import { Progress } from './progress.js';
import { drain, readRecords } from './read-records.js';
import { readTable } from './read-table.js';
import { relationReader } from './relation-rows.js';
import { summarise, type Summary } from './summary.js';
import { assertIdColumn, UniqueIds } from './unique-ids.js';

/**
 * Reads relations from a CSV file and writes the cluster of each, in the order of the file. Nothing is written when the
 * input is wrong (InputError). `say` gets the progress.
 */
export async function matchFile(options: MatchOptions, say: (line: string) => void): Promise<Summary> {
  if (options.schema !== undefined)
    throw new InputError('wrong-schema', 'match schemas cannot be read yet; leave --schema out');
  const table = await readTable(options.in);
  assertIdColumn(table.header, ['id']);
  const progress = new Progress(say, () => performance.now());
  const ids = new UniqueIds();
  const pieces = await readRecords(table, relationReader(table.header), {
    ids,
    onRows: (rows) => progress.report('reading', rows),
  });
  return writeFiles(options, ids, (onVerdict) =>
    clusterRecords(drain(pieces), {
      band: options.band,
      onProgress: (done, total) => progress.report('comparing', done, total),
      ...(onVerdict === undefined ? {} : { onVerdict }),
    }),
  );
}

type ClusterWork = (onVerdict: ((verdict: PairVerdict) => void) | undefined) => readonly ClusteredRecord[];

/** Both files appear when everything went well, or neither does. */
function writeFiles(options: MatchOptions, ids: UniqueIds, work: ClusterWork): Summary {
  const clusters = new AtomicFile(options.out);
  let explanations: AtomicFile | undefined;
  try {
    explanations = options.explain === undefined ? undefined : new AtomicFile(options.explain);
    const clustered = work(explanations && ((verdict) => explanations?.write(explanationLine(verdict))));
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
  const of = new Map(clustered.map((record) => [record.id, record]));
  file.write(toCsvLine(['id', 'cluster', 'band']));
  for (const id of ids) {
    const record = of.get(id);
    if (!record) throw new Error(`record "${id}" has no cluster`);
    file.write(toCsvLine([id, record.cluster, record.band]));
  }
}
