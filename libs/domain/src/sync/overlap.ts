import type { Cursor } from './cursors.port.js';
import type { DataKind } from './data-kind.js';
import type { StepStart, SyncStep } from './sync-step.js';

/** Of these an edit that is missed stays missed; what vanishes is counted once a day, and lists are small. */
const overlapping: ReadonlySet<DataKind> = new Set<DataKind>(['accounts', 'contacts', 'addresses']);

/** Where the next read of a kind begins: before the end of the last one, where that has an overlap. */
export function startAt({
  timestamp,
  overlapFrom,
}: Cursor): Pick<StepStart, 'cursorTimestamp' | 'knownUntil'> {
  if (overlapFrom === null) return { cursorTimestamp: timestamp, knownUntil: null };
  return { cursorTimestamp: overlapFrom, knownUntil: timestamp };
}

/**
 * The cursor of a read that ended. SQL Server gives a change its row version when it is written, not when it is committed, so that a lower one may
 * show after a higher one was read (reliability.md F38). The next run therefore reads the last page of this one again, as far as the run
 * before had not come: each change is read twice, a page at most.
 */
export function endOfRead(
  step: SyncStep & { readonly kind: DataKind },
  lastPageFrom: string,
): Pick<Cursor, 'timestamp' | 'overlapFrom'> {
  const { knownUntil, cursorTimestamp, kind } = step;
  const timestamp = higherOf(cursorTimestamp, knownUntil);
  const from = higherOf(lastPageFrom, knownUntil);
  const isOverlapping = overlapping.has(kind) && from !== timestamp;
  return { timestamp, overlapFrom: isOverlapping ? from : null };
}

/** Whether the read before this one may have had it. */
export function isBelow(rowVersion: bigint | null | undefined, knownUntil: string | null): boolean {
  return knownUntil !== null && typeof rowVersion === 'bigint' && rowVersion <= BigInt(knownUntil);
}

function higherOf(one: string, other: string | null): string {
  return other !== null && BigInt(other) > BigInt(one) ? other : one;
}
