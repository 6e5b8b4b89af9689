import { setTimeout as sleep } from 'node:timers/promises';
import { getCouplingEndpoint, signInEndpoint } from '@koppel/contracts';
import { ApiClient, coupleAll } from '@koppel/demo';
import { startProduct, type Product } from '@koppel/embedded';
import type { Goal } from '../goal.js';
import { resyncWhenFree } from '../couple-once.js';
import { median } from '../median.js';
import { addNeighbour } from './neighbour.js';

type Log = (line: string) => void;

const divisions = 10;
const aloneRounds = 7;
/** As many resyncs as the large coupling lasts, but no more than these. */
const besideMax = 500;
const pauseMs = 500;
const startMaxMs = 60_000;
const demo = { email: 'admin@koppel.demo', password: 'koppel-demo' };

/**
 * How long a small tenant's resync takes while another tenant's first coupling of ten administrations runs, against alone (F95). Both use
 * one worker, and Exact answers at once: what is shared is the machine and the worker's turns, not Exact's limits.
 */
export async function benchFairness(log: Log, relations: number): Promise<Goal[]> {
  const sandbox = { divisions, relations: relations / divisions, unthrottled: true, seed: 7 };
  const product = await startProduct({ sandbox, env: { SEED_DEMO: '1', EXACT_WEBHOOKS: 'off' } });
  try {
    const small = await coupleNeighbour(product);
    const alone: number[] = [];
    for (let round = 0; round < aloneRounds; round += 1) alone.push(await resyncMs(small));
    const beside = await resyncsBeside(product, small);
    log(`resync of the small tenant: alone ${told(alone)}, beside ${told(beside)}`);
    return [
      {
        name: `resync of a small tenant beside a first coupling of ${relations} relations, median of ${beside.length}`,
        value: median(beside) / median(alone),
        unit: '× alone',
        must: { atMost: 2 },
      },
    ];
  } finally {
    await product.stop();
  }
}

/** One administration of its own consent, coupled; its client. */
async function coupleNeighbour(product: Product): Promise<ApiClient> {
  const { division, ...person } = await addNeighbour(product);
  const api = new ApiClient(product.url);
  const exact = { username: 'accountant@demo.nl', password: 'demo' };
  await coupleAll(api, { ...person, exact, divisions: [division] });
  return api;
}

async function resyncMs(api: ApiClient): Promise<number> {
  return (await resyncWhenFree(api)).ms;
}

async function resyncsBeside(product: Product, small: ApiClient): Promise<number[]> {
  const large = new ApiClient(product.url);
  const exact = { username: 'anna@bouwgroep-demo.nl', password: 'demo' };
  let isOver = false;
  const coupling = coupleAll(large, { ...demo, exact }).finally(() => (isOver = true));
  await Promise.race([coupling, untilItRuns(product)]);
  const beside: number[] = [];
  while (!isOver && beside.length < besideMax) {
    beside.push(await resyncMs(small));
    await sleep(pauseMs);
  }
  await coupling;
  return beside;
}

/** Until the large coupling has been confirmed, by a session of its own. */
async function untilItRuns(product: Product): Promise<void> {
  const watcher = new ApiClient(product.url);
  await watcher.call(signInEndpoint, { body: demo });
  const deadline = performance.now() + startMaxMs;
  while (performance.now() < deadline) {
    const { step } = await watcher.call(getCouplingEndpoint);
    if (step === 'synchronise') return;
    await sleep(pauseMs);
  }
  throw new Error('the large coupling did not begin in time');
}

function told(values: readonly number[]): string {
  const seconds = (ms: number) => (ms / 1_000).toFixed(2);
  return `${seconds(median(values))} s (${seconds(Math.min(...values))}–${seconds(Math.max(...values))})`;
}
