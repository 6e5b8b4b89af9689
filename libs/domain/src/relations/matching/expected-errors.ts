import { probabilityOf } from './score.js';

/** Bits of score per band. */
export const bandBits = 4;
/** The engine's own estimate weighs as much as this many answers. */
const engineCounts = 10;

/** Pairs whose scores lie close together: those in question, and those that persons answered one by one. */
export interface ScoreBand {
  /** The score divided by `bandBits`, rounded down. */
  readonly band: number;
  /** Pairs in question; a part of one where their number is an estimate. */
  readonly open: number;
  /** What they lack of certainty by the engine, added up. */
  readonly lacking: number;
  readonly same: number;
  readonly different: number;
}

export interface ExpectedErrors {
  /** How many of the pairs in question are probably not one relation. */
  readonly errors: number;
  /** How many answers that rests on, beside the engine's estimate. */
  readonly answers: number;
}

/**
 * How many of the pairs in question are wrong, by the engine's estimate and by what persons answered on pairs like them: isotonic
 * regression, so that a higher score never means a smaller chance (matching.md, section 3, "Learning thresholds from the user").
 */
export function expectErrors(bands: readonly ScoreBand[]): ExpectedErrors {
  let errors = 0;
  let answers = 0;
  for (const { members, weight, sum } of pooled(bands.toSorted((one, other) => one.band - other.band))) {
    const chance = sum / weight;
    for (const { open, same, different } of members) {
      errors += open * (1 - chance);
      answers += same + different;
    }
  }
  return { errors, answers };
}

interface Pool {
  readonly members: readonly ScoreBand[];
  readonly weight: number;
  /** The chance of being the same, times the weight. */
  readonly sum: number;
}

/** Pools neighbours until chances rise with the score (pool adjacent violators). */
function pooled(bands: readonly ScoreBand[]): Pool[] {
  const pools: Pool[] = [];
  for (const band of bands) {
    let pool = poolOf(band);
    for (let last = pools.at(-1); last && isFalling(last, pool); last = pools.at(-1)) {
      pools.pop();
      pool = {
        members: [...last.members, ...pool.members],
        weight: last.weight + pool.weight,
        sum: last.sum + pool.sum,
      };
    }
    pools.push(pool);
  }
  return pools;
}

function poolOf(band: ScoreBand): Pool {
  const { open, lacking, same, different } = band;
  const estimate = open > 0 ? 1 - lacking / open : probabilityOf((band.band + 1 / 2) * bandBits);
  return { members: [band], weight: engineCounts + same + different, sum: engineCounts * estimate + same };
}

function isFalling(lower: Pool, higher: Pool): boolean {
  return lower.sum / lower.weight > higher.sum / higher.weight;
}
