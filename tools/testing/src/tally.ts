/** One test that did not run, and why. */
export interface SkippedTest {
  readonly name: string;
  readonly reason: string;
}

/** What a run, or a part of it, came to. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly SkippedTest[];
}

export const emptyTally: Tally = { passed: 0, failed: 0, skipped: [] };

/** The tally of several parts together. */
export function addTallies(parts: readonly Tally[]): Tally {
  return {
    passed: sum(parts.map(({ passed }) => passed)),
    failed: sum(parts.map(({ failed }) => failed)),
    skipped: parts.flatMap(({ skipped }) => skipped),
  };
}

/** The closing lines: each reason for skipping with its tests and how many, then the one line that tools read, always alike. */
export function tallyLines({ passed, failed, skipped }: Tally): readonly string[] {
  const skips = [...new Set(skipped.map(({ reason }) => reason))].flatMap((reason) => [
    `skipped, because ${reason}:`,
    ...skipped.filter((test) => test.reason === reason).map(({ name }) => `  ${name}`),
  ]);
  const total = skipped.length > 0 ? [`${skipped.length} skipped`] : [];
  return [...skips, ...total, `${passed} passed, ${failed} failed`];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
