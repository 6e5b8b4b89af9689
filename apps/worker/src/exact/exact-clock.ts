/** Exact's clock beside ours. They run alike against Exact itself; a benchmark's sandbox may run faster. */
export interface ExactClock {
  /** The moment by Exact's clock. */
  readonly now: () => Date;
  /** When a moment of Exact's clock comes by ours. */
  readonly toOurs: (at: Date) => Date;
  /** What Exact's clock says at a moment of ours. */
  readonly ofOurs: (at: Date) => Date;
}

/** A clock that started together with ours and runs `scale` times as fast. */
export function exactClock(now: () => Date, scale: number): ExactClock {
  const start = now().getTime();
  const ofOurs = (at: Date): Date => new Date(start + (at.getTime() - start) * scale);
  return {
    now: () => ofOurs(now()),
    ofOurs,
    toOurs: (at) => new Date(start + Math.ceil((at.getTime() - start) / scale)),
  };
}
