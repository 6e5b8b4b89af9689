import { compareValues, levelsOf } from './compare-values.js';
import { levelBits, missing, type FieldModel } from './field-model.js';
import type { MatchSchema } from './match-schema.js';
import type { RecordTable } from './record-table.js';

/** Bits against a pair whose two fields agree only when they are exchanged. */
const swapBits = 4;
/** How much of the weaker evidence of a family counts beside its strongest. */
const familyShare = 0.35;

export interface PairLevels {
  /** Positions of the two. */
  readonly i: number;
  readonly j: number;
  /** Level per field; `missing` where one of the two says nothing. */
  readonly levels: Uint8Array;
  readonly swaps: number;
}

/** How two records agree, field by field. */
export function levelsBetween(table: RecordTable, i: number, j: number): PairLevels {
  const levels = Uint8Array.from(table.schema.fields, (_, field) => levelOf(table, [field, field], [i, j]));
  let swaps = 0;
  for (const [one, other] of table.schema.swaps ?? []) {
    const f = table.schema.fields.findIndex(({ name }) => name === one);
    const g = table.schema.fields.findIndex(({ name }) => name === other);
    const [straightF = 0, straightG = 0] = [levels[f], levels[g]];
    if ((straightF !== missing && straightF > 0) || (straightG !== missing && straightG > 0)) continue;
    const [crossF, crossG] = [levelOf(table, [f, g], [i, j]), levelOf(table, [g, f], [i, j])];
    if ([crossF, crossG].some((level) => level === missing || level < 2)) continue;
    levels[f] = crossF;
    levels[g] = crossG;
    swaps++;
  }
  return { i, j, levels, swaps };
}

function levelOf(
  table: RecordTable,
  [f, g]: readonly [number, number],
  [i, j]: readonly [number, number],
): number {
  const a = table.values[f]?.[i];
  const b = table.values[g]?.[j];
  const kind = table.schema.fields[f]?.kind;
  const bits = table.wordBits[f];
  return a && b && kind && bits ? compareValues(kind, [a, b], bits) : missing;
}

/** What each field adds, in bits, and what counts against exchanged fields; with the model's prior this is the score. */
export interface PairWeight {
  readonly fields: readonly number[];
  readonly swapped: number;
  /** Above 0 it is more likely than not that the two are equal. */
  readonly score: number;
}

/** Weighs a pair. The contributions and the prior add up to the score. */
export function weighPair(
  table: RecordTable,
  model: FieldModel,
  { i, levels, swaps }: PairLevels,
): PairWeight {
  const bits = table.schema.fields.map((_, field) => {
    const level = levels[field] ?? missing;
    return level === missing
      ? 0
      : levelBits(model, field, level) + rarity(table, model, { field, level, i, swaps });
  });
  const fields = discountFamilies(table.schema, bits);
  const swapped = swaps === 0 ? 0 : -swaps * swapBits;
  return { fields, swapped, score: fields.reduce((sum, own) => sum + own, model.prior + swapped) };
}

interface Agreement {
  readonly field: number;
  readonly level: number;
  readonly i: number;
  readonly swaps: number;
}

// Equal and rare says more than equal and common (term frequency): strangers share a value as often as it occurs.
function rarity(table: RecordTable, model: FieldModel, { field, level, i, swaps }: Agreement): number {
  const kind = table.schema.fields[field]?.kind;
  const value = table.values[field]?.[i];
  if (!kind || !value || swaps > 0 || level !== levelsOf[kind] - 1) return 0;
  const { length } = table.ids;
  const average = model.u[field]?.[level] ?? 1;
  // The two themselves do not make a value common, and a small file cannot show how rare it is.
  const others = (table.counts[field]?.get(value.text) ?? 2) - 2;
  const share = Math.max(others / length, Math.min(average, 1 / length));
  return Math.max(-rarityBitsMax, Math.min(rarityBitsMax, Math.log2(average / share)));
}

const rarityBitsMax = 6;

/** Of a family the strongest counts whole, on each side, and the others in part. */
export function discountFamilies({ fields, families = [] }: MatchSchema, bits: readonly number[]): number[] {
  const counted = [...bits];
  for (const family of families) {
    const members = [...fields.keys()].filter((field) => family.includes(fields[field]?.name ?? ''));
    const best = Math.max(0, ...members.map((field) => bits[field] ?? 0));
    const worst = Math.min(0, ...members.map((field) => bits[field] ?? 0));
    const whole = new Set([best, worst].map((extreme) => members.find((field) => bits[field] === extreme)));
    for (const field of members) if (!whole.has(field)) counted[field] = (bits[field] ?? 0) * familyShare;
  }
  return counted;
}
