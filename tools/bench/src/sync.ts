import { parseArgs } from 'node:util';
import { goalTable, isMet, type Goal } from './goal.js';
import { benchLimits } from './limits.js';
import { benchFairness } from './sync/fairness.js';
import { benchMemory } from './sync/memory-by-size.js';
import { benchResync } from './sync/resync-by-changes.js';
import { benchTakeover } from './sync/takeover.js';

type Log = (line: string) => void;

const fetchAtMost = 1.05;
const killsMin = 20;
/** The last one is more than is compared at once. */
const sizes = [10_000, 100_000, 400_000];
const largestSize = 1_000_000;
/** The noisy tenant: as reliability.md F95 has it with `--full`. */
const noisy = { small: 40_000, full: 200_000 };

/**
 * `npm run bench:sync`: what the sync engine promises, each figure beside its bound. `--full` takes the larger worlds, `--part` one of
 * limits, takeover, resync, fairness and memory, `--kills` more deaths, `--size` other numbers of relations for memory. Returns
 * whether all are met.
 */
export async function benchSync(log: Log): Promise<boolean> {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: {
      full: { type: 'boolean', default: false },
      part: { type: 'string', multiple: true },
      kills: { type: 'string' },
      size: { type: 'string', multiple: true },
    },
  });
  const { full: isFull, part: wanted } = values;
  const kills = Math.max(killsMin, Number(values.kills) || 0);
  const parts: Readonly<Record<string, () => Promise<Goal[]>>> = {
    limits: () => benchLimits(log, { atMost: fetchAtMost }),
    takeover: () => benchTakeover(log, kills),
    resync: () => benchResync(log),
    fairness: () => benchFairness(log, isFull ? noisy.full : noisy.small),
    memory: () => benchMemory(log, values.size?.map(Number) ?? (isFull ? [...sizes, largestSize] : sizes)),
  };
  const goals: Goal[] = [];
  for (const [name, run] of Object.entries(parts))
    if (wanted?.includes(name) ?? true) goals.push(...(await run()));
  log(goalTable(goals));
  return goals.length > 0 && goals.every(isMet);
}
