import { clusteredRecords, type ClusterBand, type ClusteredRecord } from '../clustered-records.js';
import { candidatePairs } from './candidate-pairs.js';
import { contradictionsOf } from './contradictions.js';
import { joinRecords, type ScoredPair } from './join-records.js';
import type { MatchSchema } from './match-schema.js';
import { levelsBetween, weighPair, type PairLevels, type PairWeight } from './pair-score.js';
import { readRecordTable, type RecordTable, type SchemaRow } from './record-table.js';
import { trainModel } from './train.js';

/** Bits from which a pair is certain (p = .999), and from which it is more likely equal than not. */
const bandFrom: Readonly<Record<ClusterBand, number>> = { auto: 10, final: 0 };

/** The verdict on two records; the weights of the contributions add up to the score (bits). */
export interface SchemaVerdict {
  readonly a: string;
  readonly b: string;
  readonly score: number;
  readonly probability: number;
  readonly band: ClusterBand;
  /** `prior`, each field that both records fill, and `exchanged` where fields agree only crosswise. */
  readonly contributions: readonly { readonly field: string; readonly weight: number }[];
  /** Fields in which the two contradict each other (`never`): whatever the score, the band is not `auto`. */
  readonly contradictions: readonly string[];
}

export interface ClusterBySchemaOptions {
  readonly band: ClusterBand;
  readonly onProgress?: (done: number, total: number) => void;
  /** Gets the explained verdict of every pair that is more likely equal than not. */
  readonly onVerdict?: (verdict: SchemaVerdict) => void;
}

/**
 * Puts records of any kind into clusters, as a match schema says; weights are learnt from the records themselves. Sorted by
 * id; the same for every order of the input. A schema that names what is not there (WrongSchema where `never` does), and a
 * repeated id, is a RangeError.
 */
export function clusterBySchema(
  schema: MatchSchema,
  rows: Iterable<SchemaRow>,
  { band, onProgress = () => {}, onVerdict }: ClusterBySchemaOptions,
): ClusteredRecord[] {
  const contradictions = contradictionsOf(schema);
  const table = readRecordTable(schema, rows);
  const pairs = candidatePairs(table).map(([i, j]) => levelsBetween(table, i, j));
  onProgress(1, 4);
  const model = trainModel(table, pairs);
  onProgress(2, 4);
  const scored: (ScoredPair & { isContradicted: boolean })[] = [];
  for (const pair of pairs) {
    const weight = weighPair(table, model, pair);
    if (weight.score < bandFrom.final) continue;
    const against = contradictions(table, pair);
    scored.push({ a: pair.i, b: pair.j, score: weight.score, isContradicted: against.length > 0 });
    onVerdict?.(toVerdict(table, model.prior, { pair, weight, contradictions: against }));
  }
  onProgress(3, 4);
  const join = (band: ClusterBand): Int32Array =>
    joinRecords(
      table.ids.length,
      scored.filter(
        ({ score, isContradicted }) => score >= bandFrom[band] && !(band === 'auto' && isContradicted),
      ),
      {
        scoreOf: (a, b) => weighPair(table, model, levelsBetween(table, a, b)).score,
        mayShare: (a, b) =>
          (schema.perSource !== 'one' || table.sources[a] !== table.sources[b]) &&
          (band !== 'auto' ||
            schema.never === undefined ||
            contradictions(table, levelsBetween(table, Math.min(a, b), Math.max(a, b))).length === 0),
        meanFrom: bandFrom[band],
      },
    );
  const groupOf = join(band);
  const certain = band === 'auto' ? groupOf : join('auto');
  onProgress(4, 4);
  return clusteredRecords({ ids: table.ids, groupOf, certainOf: certain });
}

interface JudgedPair {
  readonly pair: PairLevels;
  readonly weight: PairWeight;
  readonly contradictions: readonly string[];
}

function toVerdict(
  { ids, schema, values }: RecordTable,
  prior: number,
  { pair, weight, contradictions }: JudgedPair,
): SchemaVerdict {
  const { i: a, j: b } = pair;
  const filled = [...schema.fields.entries()].filter(([field]) => values[field]?.[a] && values[field][b]);
  return {
    a: ids[a] ?? '',
    b: ids[b] ?? '',
    score: weight.score,
    probability: 1 / (1 + 2 ** -weight.score),
    band: weight.score >= bandFrom.auto && contradictions.length === 0 ? 'auto' : 'final',
    contributions: [
      { field: 'prior', weight: prior },
      ...filled.map(([field, { name }]) => ({ field: name, weight: weight.fields[field] ?? 0 })),
      ...(weight.swapped === 0 ? [] : [{ field: 'exchanged', weight: weight.swapped }]),
    ],
    contradictions,
  };
}
