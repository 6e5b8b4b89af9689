import { levelsOf } from './compare-values.js';
import { initialModel, levelBits, missing, type FieldModel } from './field-model.js';
import { discountFamilies, levelsBetween, type PairLevels } from './pair-score.js';
import type { RecordTable } from './record-table.js';

const randomPairsMax = 60_000;
const roundsMax = 25;
/** Pseudo-pairs that hold the estimates of small data near what is usual. */
const steadiness = 12;
/** No level is so rare among equals or strangers that it proves anything by itself. */
const chanceMin = 1e-5;

/**
 * Learns without labels: how often strangers agree is counted in pairs taken at random, how often equals agree by
 * expectation maximisation over the candidates, with the former held fixed. The same records give the same model.
 */
export function trainModel(table: RecordTable, pairs: readonly PairLevels[]): FieldModel {
  let model = initialModel(table, strangers(table));
  const patterns = countPatterns(pairs);
  for (let round = 0; round < roundsMax; round++) model = improve(table, model, patterns);
  return model;
}

// A walk over all distances between two records instead of dice: deterministic, and every record comes as often.
function strangers(table: RecordTable): number[][] {
  const { length } = table.ids;
  const counts = table.schema.fields.map(({ kind }) => new Array<number>(levelsOf[kind]).fill(0.5));
  const strides = Math.max(1, Math.min(length - 1, Math.floor(randomPairsMax / Math.max(1, length))));
  for (let s = 0; s < strides; s++) {
    const distance = 1 + Math.floor(((s + 0.5) * (length - 1)) / strides);
    for (let i = 0; i < length; i++) add(counts, levelsBetween(table, i, (i + distance) % length).levels, 1);
  }
  return counts.map(toChances);
}

interface Pattern {
  readonly levels: Uint8Array;
  count: number;
}

function countPatterns(pairs: readonly PairLevels[]): Pattern[] {
  const patterns = new Map<string, Pattern>();
  for (const { levels } of pairs) {
    const key = String.fromCharCode(...levels);
    const known = patterns.get(key);
    if (known) known.count++;
    else patterns.set(key, { levels, count: 1 });
  }
  return [...patterns.values()];
}

function improve(table: RecordTable, model: FieldModel, patterns: readonly Pattern[]): FieldModel {
  const counts = initialModel(table, model.u).m.map((chances) =>
    chances.map((chance) => chance * steadiness),
  );
  let equals = 0;
  for (const { levels, count } of patterns) {
    const bits = [...levels].map((level, field) => (level === missing ? 0 : levelBits(model, field, level)));
    const score = discountFamilies(table.schema, bits).reduce((sum, own) => sum + own, model.prior);
    const expected = count / (1 + 2 ** -score);
    equals += expected;
    add(counts, levels, expected);
  }
  const { length } = table.ids;
  const possible = (length * (length - 1)) / 2;
  return {
    m: counts.map(toChances),
    u: model.u,
    prior: Math.log2(Math.max(1, equals) / Math.max(1, possible - equals)),
  };
}

function add(counts: number[][], levels: Uint8Array, weight: number): void {
  for (const [field, level] of levels.entries()) {
    const own = counts[field];
    if (level !== missing && own) own[level] = (own[level] ?? 0) + weight;
  }
}

function toChances(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => Math.max(chanceMin, count / total));
}
