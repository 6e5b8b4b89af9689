import { coupleOnce } from './couple-once.js';
import type { Goal } from './goal.js';

/** A world whose fetch needs more calls per administration than two of Exact's minutes allow. */
const world = { divisions: 2, relations: 20_000, contacts: 2, seed: 7 };
const callsPerMinute = 60;
const minuteMs = 60_000;

/** Fetching at Exact's real pace, 60 calls per administration and clock minute, in real time. */
export async function benchLimits(
  log: (line: string) => void,
  { atMost = 1.1 }: { atMost?: number } = {},
): Promise<Goal[]> {
  const { product, report, sandbox } = await coupleOnce(world);
  try {
    const { administrations, startedAt } = report.run;
    const calls = Math.max(
      ...administrations.map(({ parts }) => parts.reduce((sum, part) => sum + part.calls, 0)),
    );
    const fetchedAt = report.run.events.findLast(({ key }) => key === 'comparing')?.at;
    const fetchMs = Date.parse(fetchedAt ?? report.run.endedAt ?? '') - Date.parse(startedAt);
    const boundMs = lowerBoundMs(Date.parse(startedAt), calls);
    const refused = await sandbox.tooManyRequests();
    log(
      `under limits: ${calls} calls to one administration in ${seconds(fetchMs)} s; the limits allow ${seconds(boundMs)} s`,
    );
    return [
      {
        name: 'fetching under real limits',
        value: fetchMs / boundMs,
        unit: '× the lower bound',
        must: { atMost },
      },
      { name: 'answers 429', value: refused, unit: '', must: { atMost: 0 } },
    ];
  } finally {
    await product.stop();
  }
}

/** The last call may be made at the start of the clock minute that is the n-th from now. */
export function lowerBoundMs(startedAt: number, calls: number): number {
  const minutesToWait = Math.ceil(calls / callsPerMinute) - 1;
  if (minutesToWait <= 0) throw new Error(`${calls} calls need no waiting: make the world larger`);
  return minuteMs - (startedAt % minuteMs) + (minutesToWait - 1) * minuteMs;
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}
