import type { WorkerRig } from './a-worker-rig.js';

const waitsMax = 200;

/** Works until nothing waits for a time any more, moving all clocks to each of those times. */
export async function workToTheEnd(rig: WorkerRig): Promise<void> {
  for (let waits = 0; waits < waitsMax; waits += 1) {
    await rig.drain();
    if (rig.waiting.length === 0) return;
    const next = Math.min(...rig.waiting.map(({ at }) => at.getTime()));
    await rig.advance(Math.max(1, next - rig.clock.now().getTime()));
  }
  throw new Error(`still waiting: ${JSON.stringify(rig.waiting)}`);
}
