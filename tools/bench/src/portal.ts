import { cpus, loadavg } from 'node:os';
import { listProposalsEndpoint } from '@koppel/contracts';
import { ApiClient, coupleAll } from '@koppel/demo';
import { startProduct } from '@koppel/embedded';
import { launchBrowser } from '@koppel/testing';
import type { Page } from 'playwright-core';
import { goalTable, isMet, type Goal } from './goal.js';
import { shortestMs, takeInteractions, untilPicture, watchInteractions } from './portal/interactions.js';
import { percentile } from './sync/percentile.js';

const world = { divisions: 4, relations: 7_000, unthrottled: true, seed: 7 };
const pairsMin = 10_000;
const interactionMaxMs = 100;
/** 500 decisions in 30 minutes (portal.md). */
const decisionsAsked = 500;
const decisionsMaxS = 30 * 60;
const decisions = 60;
const admin = { email: 'admin@koppel.demo', password: 'koppel-demo' };
const exact = { username: 'anna@bouwgroep-demo.nl', password: 'demo' };

/** Keys as a person presses them who looks through the queue, chooses values and asks why. */
const keys = ['j', 'j', 'ArrowDown', '2', '1', 'j', 'e', 'e', 'k', 'ArrowUp', 'j', 'j'];
const rounds = 20;

/**
 * `npm run bench:portal`: the match page in a real Chromium while 10,000 pairs and more wait. How long a key takes to the next
 * picture, and what 500 decisions by key would take.
 */
export async function benchPortal(log: (line: string) => void): Promise<boolean> {
  const product = await startProduct({ sandbox: world, env: { SEED_DEMO: '1', EXACT_WEBHOOKS: 'off' } });
  try {
    const api = new ApiClient(product.url);
    log(`coupling ${world.divisions * world.relations} accounts, everything asked…`);
    await coupleAll(api, { ...admin, exact, contactHandling: 'manual' });
    const { counts } = await api.call(listProposalsEndpoint, { query: { limit: 1 } });
    const goals = [
      { name: 'open pairs', value: counts.open, unit: 'pairs', must: { atLeast: pairsMin } },
      ...(await inBrowser(product.url)),
    ];
    // What others do at the same time lengthens every interaction.
    log(`load of the last minute: ${loadavg()[0]?.toFixed(1) ?? '?'} on ${cpus().length} cores`);
    log(goalTable(goals));
    return goals.every(isMet);
  } finally {
    await product.stop();
  }
}

async function inBrowser(url: string): Promise<Goal[]> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ baseURL: url, viewport: { width: 1440, height: 900 } });
    await watchInteractions(page);
    await openQueue(page);
    const looked = await measured(page, rounds * keys.length, () => pressAll(page));
    const startedAt = performance.now();
    const decided = await measured(page, decisions, () => decideMany(page));
    const secondsEach = (performance.now() - startedAt) / 1_000 / decisions;
    return [
      ...goalsOf('key of looking and choosing', looked),
      ...goalsOf('key of deciding', decided),
      {
        name: `${decisionsAsked} decisions by key, as fast as the page shows the next pair`,
        value: decisionsAsked * secondsEach,
        unit: 's',
        must: { atMost: decisionsMaxS },
      },
    ];
  } finally {
    await browser.close();
  }
}

function goalsOf(what: string, values: readonly number[]): Goal[] {
  const must = { atMost: interactionMaxMs };
  return [50, 98, 100].map((share) => ({
    name: `${what} to the next picture, ${share === 100 ? 'slowest' : `p${share}`} of ${values.length}`,
    value: percentile(values, share),
    unit: 'ms',
    must,
  }));
}

async function openQueue(page: Page): Promise<void> {
  await page.goto('/inloggen');
  await page.getByLabel('E-mailadres').fill(admin.email);
  await page.getByLabel(/^Wachtwoord/).fill(admin.password);
  await page.getByRole('button', { name: 'Inloggen' }).click();
  await page.waitForURL(/overzicht/);
  await page.goto('/matchen');
  await page.getByRole('region', { name: 'Paar' }).getByRole('heading').first().waitFor();
}

/** How long the interactions of `act` took; those too short to be reported count as the shortest. */
async function measured(page: Page, count: number, act: () => Promise<void>): Promise<number[]> {
  await takeInteractions(page);
  await act();
  // The browser reports an interaction after the picture that ends it.
  await untilPicture(page);
  const slow = await takeInteractions(page);
  return [...slow, ...Array.from({ length: Math.max(0, count - slow.length) }, () => shortestMs)];
}

async function pressAll(page: Page): Promise<void> {
  for (let round = 0; round < rounds; round += 1)
    for (const key of keys) {
      await page.keyboard.press(key);
      await untilPicture(page);
    }
}

/** "Same" and "not the same" by turns, each when the pair is in view. */
async function decideMany(page: Page): Promise<void> {
  for (let done = 0; done < decisions; done += 1) {
    const before = new URL(page.url()).searchParams.get('paar');
    await page.keyboard.press(done % 2 === 0 ? 'a' : 'n');
    await page.waitForURL((url) => url.searchParams.get('paar') !== before);
    await page.locator('kp-pair .row, kp-pair .same').first().waitFor();
  }
}
