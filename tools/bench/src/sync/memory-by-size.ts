import { coupleOnce } from '../couple-once.js';
import type { Goal } from '../goal.js';

const divisions = 10;
const mostMb = 512;

/** The worker's peak at each number of relations, over ten administrations. */
export async function benchMemory(log: (line: string) => void, sizes: readonly number[]): Promise<Goal[]> {
  const goals: Goal[] = [];
  for (const size of sizes) {
    const relations = size / divisions;
    const { product, ...coupled } = await coupleOnce({ divisions, relations, unthrottled: true, seed: 7 });
    await product.stop();
    log(`${coupled.relations} relations: worker ${coupled.workerPeakMb} MB`);
    goals.push({
      name: `worker memory, peak, at ${size} relations`,
      value: coupled.workerPeakMb,
      unit: 'MB',
      must: { atMost: mostMb },
    });
  }
  return goals;
}
