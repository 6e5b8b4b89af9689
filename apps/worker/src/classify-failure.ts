import { InvariantError } from '@koppel/domain/kernel';
import { isStorageFull, isUnreachable } from '@koppel/persistence';

/** What to do with a job whose use case threw. What Exact did is no throw: it is settled in Postgres by the use case. */
export type Verdict =
  /** The database could not be had, or two transactions collided: the same again, a little later. A claimed step is handed back. */
  | { readonly kind: 'later'; readonly afterMs: number }
  /** Ours to mend: the job ends, its step's lease runs out, and its crash counter ends it for good. */
  | { readonly kind: 'give-up' };

const collisionMs = 100;
const outageMs = 2_000;

/** 40001 serialization failure, 40P01 deadlock, 55P03 lock timeout. */
const collisions = new Set(['40001', '40P01', '55P03']);

/** One row per kind of failure. */
export function classifyFailure(error: unknown): Verdict {
  if (error instanceof InvariantError) return { kind: 'give-up' };
  const code = codeOf(error);
  if (code !== undefined && collisions.has(code)) return { kind: 'later', afterMs: collisionMs };
  if (isUnreachable(error) || isStorageFull(error)) return { kind: 'later', afterMs: outageMs };
  return { kind: 'give-up' };
}

const causesMax = 5;

function codeOf(error: unknown): string | undefined {
  let current = error;
  for (let depth = 0; depth < causesMax && current instanceof Error; depth += 1) {
    if ('code' in current && typeof current.code === 'string') return current.code;
    current = current.cause;
  }
  return undefined;
}
