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

/** From here on garbage may be less than half of what is in use: for work that goes on for long and has much in use. */
export function keepLittleGarbage(): void {
  setFlagsFromString(`${growingPercent}=40`);
}

/** As the process was started. */
export function keepUsualGarbage(): void {
  setFlagsFromString(usual);
}
