import { levelsOf } from './compare-values.js';
import type { RecordTable } from './record-table.js';

/** Chances of each level, by field: among equals (m) and among strangers (u). */
export interface FieldModel {
  readonly m: readonly (readonly number[])[];
  readonly u: readonly (readonly number[])[];
  /** Log2 of the odds that two records taken at random are equal. */
  readonly prior: number;
}

export const missing = 255;

/** What an agreement says before anything is learnt: equals mostly agree, and differ now and then. */
export function initialModel(table: RecordTable, u: readonly (readonly number[])[]): FieldModel {
  const m = table.schema.fields.map(({ kind }) => {
    const levels = levelsOf[kind];
    const rest = 0.25 / (levels - 1);
    return Array.from({ length: levels }, (_, level) => (level === levels - 1 ? 0.75 : rest));
  });
  return { m, u, prior: -Math.log2(Math.max(2, table.ids.length)) };
}

/** Bits that a level of a field adds. */
export function levelBits(model: FieldModel, field: number, level: number): number {
  const m = model.m[field]?.[level] ?? 1;
  const u = model.u[field]?.[level] ?? 1;
  return Math.log2(m / u);
}
