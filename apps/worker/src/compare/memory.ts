import { setFlagsFromString } from 'node:v8';

/**
 * Gives what this process keeps for later back to the machine, in about a tenth of a second: fetching leaves some hundred megabytes of garbage and
 * of room for more, which comparing should not stand beside. Does nothing in a process that was started without `--expose-gc`.
 */
export function giveBackMemory(): void {
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

const growingPercent = '--heap-growing-percent';
const usual = process.execArgv.find((flag) => flag.startsWith(growingPercent)) ?? `${growingPercent}=0`;
const little = `${growingPercent}=40`;

/** The comparisons under way that keep little garbage: a resync of one tenant may end beside a first coupling of another. */
const keeping = new Set<symbol>();

/** What a comparison under way lets lie. */
export interface Garbage {
  /** From here on it may be less than half of what is in use: for work that goes on for long and has much in use. */
  readonly keepLittle: () => void;
}

/** Runs `work`, after which garbage is as much as the process was started with, once nobody else keeps little. */
export async function withGarbage<T>(
  work: (garbage: Garbage) => Promise<T>,
  setFlags: (flags: string) => void = setFlagsFromString,
): Promise<T> {
  const own = Symbol('keeps little garbage');
  try {
    return await work({
      keepLittle: () => {
        keeping.add(own);
        setFlags(little);
      },
    });
  } finally {
    if (keeping.delete(own) && keeping.size === 0) setFlags(usual);
  }
}
