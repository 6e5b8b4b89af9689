import { coupleOnce } from '../couple-once.js';
import type { Goal } from '../goal.js';

const mostMb = 512;
const divisionsMin = 10;
/** What the sandbox has at most in one administration. */
const perDivisionMax = 20_000;

/** The worker's peak at each number of relations, over ten administrations, or as many as it takes. */
export async function benchMemory(log: (line: string) => void, sizes: readonly number[]): Promise<Goal[]> {
  const goals: Goal[] = [];
  for (const size of sizes) {
    const divisions = Math.max(divisionsMin, Math.ceil(size / perDivisionMax));
    const relations = size / divisions;
    const { product, ...coupled } = await coupleOnce({ divisions, relations, unthrottled: true, seed: 7 });
    await product.stop();
    log(
      `${coupled.relations} relations over ${divisions} administrations: worker ${coupled.workerPeakMb} MB, ` +
        `${Math.round(coupled.report.runMs / 1_000)} s`,
    );
    if (coupled.relations < size)
      throw new Error(`${coupled.relations} relations are there, ${size} were meant`);
    goals.push({
      name: `worker memory, peak, at ${size} relations`,
      value: coupled.workerPeakMb,
      unit: 'MB',
      must: { atMost: mostMb },
    });
  }
  return goals;
}
