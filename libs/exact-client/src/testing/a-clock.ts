export interface TestClock {
  now: () => Date;
  advance(ms: number): void;
}

/** A clock that stands still until it is moved. */
export function aClock(startsAt = '2026-11-25T09:00:00.000Z'): TestClock {
  let at = Date.parse(startsAt);
  return {
    now: () => new Date(at),
    advance: (ms) => {
      at += ms;
    },
  };
}
