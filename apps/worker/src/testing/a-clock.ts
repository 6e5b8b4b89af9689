/** A clock for specs: the machine's, moved forward by hand. */
export interface MovableClock {
  readonly now: () => Date;
  advance(ms: number): void;
}

export function aMovableClock(): MovableClock {
  let moved = 0;
  return { now: () => new Date(Date.now() + moved), advance: (ms) => (moved += ms) };
}
