import type { StateChange } from './state-change.js';
import { REFRESH_LIFE_MS, spentBy, tokenOwner } from '../oauth/token-event.js';

const SPENT_KEPT_MAX = 10_000;

/**
 * Leaves out what later changes have made pointless, so that a file holds at most one line per record, division and
 * chain of tokens, plus the refresh tokens spent in the last thirty days. Replaying the result gives the same world.
 */
export function compact(changes: readonly StateChange[], now: number): readonly StateChange[] {
  const kept = new Map<string, StateChange>();
  const moves = new Map<number, number>();
  const keep = (key: string, change: StateChange): void => {
    kept.delete(key);
    kept.set(key, change);
  };
  for (const change of changes) {
    if (change.kind === 'move') moves.set(change.division, (moves.get(change.division) ?? 0) + 1);
    if (change.kind === 'issued') {
      const previous = kept.get(keyOf(change, moves));
      if (previous?.kind === 'issued') {
        const spent = spentBy(previous);
        keep(keyOf(spent, moves), spent);
      }
    }
    keep(keyOf(change, moves), change);
  }
  return inOrder(withoutOldTokens([...kept.values()], now));
}

/** Changes with the same key replace each other. A move gives all rows of its division new versions, so what was before stays apart. */
function keyOf(change: StateChange, moves: ReadonlyMap<number, number>): string {
  switch (change.kind) {
    case 'row':
      return `row ${change.division} ${moves.get(change.division) ?? 0} ${change.table} ${change.row}`;
    case 'counters':
      return `counters ${change.division} ${moves.get(change.division) ?? 0}`;
    case 'move':
      return `move ${change.division} ${moves.get(change.division) ?? 0}`;
    case 'issued':
      return `issued ${tokenOwner(change)}`;
    case 'spent':
      return `spent ${change.hash}`;
    case 'revoked':
      return `revoked ${change.user}`;
  }
}

function withoutOldTokens(changes: readonly StateChange[], now: number): readonly StateChange[] {
  const spent = changes.filter((change) => change.kind === 'spent');
  const young = spent.filter(({ at }) => now - at <= REFRESH_LIFE_MS).slice(-SPENT_KEPT_MAX);
  const keepers = new Set<StateChange>(young);
  return changes.filter((change) => change.kind !== 'spent' || keepers.has(change));
}

/** Row versions must come in rising order; between two moves the order of rows means nothing else. */
function inOrder(changes: readonly StateChange[]): readonly StateChange[] {
  const ordered: StateChange[] = [];
  let stretch: StateChange[] = [];
  const close = (): void => {
    ordered.push(...stretch.sort((a, b) => stampOf(a) - stampOf(b)));
    stretch = [];
  };
  for (const change of changes) {
    if (change.kind === 'move') close();
    if (change.kind === 'row' || change.kind === 'counters') stretch.push(change);
    else ordered.push(change);
  }
  close();
  return ordered;
}

function stampOf(change: StateChange): number {
  return change.kind === 'row' ? (change.values?.$stamp ?? 0) : 0;
}
