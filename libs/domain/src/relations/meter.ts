import type { CompareRun } from './compare-command.js';

/** Tells how far comparing is: every account counts once when it is read and once when it is placed. */
export interface Meter {
  advance(accounts: number): Promise<void>;
  end(): Promise<void>;
}

/** The meter of a run; `total` is where it ends. */
export function meterOf(command: CompareRun, total: number): Meter {
  let done = 0;
  return {
    advance: async (accounts) => {
      done = Math.min(total, done + accounts);
      await command.onProgress(done, total);
    },
    end: async () => command.onProgress(total, total),
  };
}
