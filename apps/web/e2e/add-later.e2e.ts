import { getConfigurationEndpoint, listAdministrationsEndpoint } from '@koppel/contracts';
import { ApiClient, coupleAll } from '@koppel/demo';
import { startProduct, type Product } from '@koppel/embedded';
import { launchBrowser } from '@koppel/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { exactUsers } from './support/exact-pages.js';
import { button, dismissToast, heading, link, people, signIn } from './support/portal.js';
import { ExactSandbox } from './support/sandbox.js';
import { shoot } from './support/shots.js';
import { newVisitor, troublesOf } from './support/visitor.js';

const coupledFirst = [3_412_001, 3_412_002];
const added = 'Van Dijk Vastgoed B.V.';
const done = 'Klaar: alles is opgehaald en vergeleken';
const runTimeoutMs = 120_000;

let product: Product;
let api: ApiClient;
let exact: ExactSandbox;
let browser: Browser;
let page: Page;
let codesBefore: ReadonlyMap<string, string | null>;
beforeAll(async () => {
  product = await startProduct({
    sandbox: {},
    env: { SEED_DEMO: '1' },
    databaseFlags: ['-c', 'fsync=off'],
  });
  exact = new ExactSandbox(product.sandboxUrl ?? '');
  api = new ApiClient(product.url);
  const report = await coupleAll(api, {
    email: people.admin,
    password: 'koppel-demo',
    exact: { username: exactUsers.anna, password: 'demo' },
    divisions: coupledFirst,
    pollMs: 250,
  });
  expect(report).toMatchObject({ isActive: true, administrations: { length: 2 } });
  codesBefore = await codes();
  browser = await launchBrowser();
  page = await newVisitor(browser, { url: product.url });
  await signIn(page);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await shoot(page, 'failed-add-later');
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

async function codes(): Promise<ReadonlyMap<string, string | null>> {
  const { items } = await api.call(listAdministrationsEndpoint);
  return new Map(items.filter(({ state }) => state === 'active').map(({ name, code }) => [name, code]));
}

/** Relations by the count that their page tells. */
async function countRelations(): Promise<number> {
  await page.goto('/relaties');
  const told = page.getByText(/^[\d.]+ relaties$/);
  await told.waitFor();
  return Number((await told.innerText()).replace(/\D/g, ''));
}

describe('adding an administration to an active coupling', () => {
  let relationsBefore: number;

  it('begins at the list of administrations, where what is coupled stays as it is', async () => {
    relationsBefore = await countRelations();
    await page.goto('/beheer');
    await link(page, 'Administraties toevoegen').click();
    await heading(page, 'Welke administraties wilt u koppelen?').waitFor();
    await page.getByText('Wat al gekoppeld is blijft zoals het is').waitFor();
    await shoot(page, '60-add-select');
    await page.getByRole('checkbox', { name: added }).check();
    await button(page, 'Volgende').click();
  });

  it('asks a code for the new one only, and keeps those that are given', async () => {
    await heading(page, 'Zo gaat Koppel te werk').waitFor();
    const fields = page.getByLabel(/^Administratiecode van/);
    await expect.poll(() => fields.count()).toBe(3);
    const { codes: told } = await api.call(getConfigurationEndpoint);
    expect(told.filter(({ isNew }) => isNew).map(({ name }) => name)).toEqual([added]);
    await shoot(page, '61-add-configure');
    await page.getByRole('checkbox', { name: /contacten/i }).check();
    await exact.clearJournal();
    await button(page, 'Synchroniseren').click();
  });

  it('fetches the new administration alone', async () => {
    await heading(page, 'Ophalen en vergelijken').waitFor();
    await page.getByRole('heading', { name: done }).waitFor({ timeout: runTimeoutMs });
    await shoot(page, '62-add-progress');
    const asked = (await exact.journal()).filter(({ path }) => /sync\/CRM\/Accounts/i.test(path));
    expect(new Set(asked.map(({ division }) => division))).toEqual(new Set([3_412_003]));
    await button(page, 'Verder').click();
    await heading(page, 'Matchen').waitFor();
    await button(page, 'Verder naar instellingen').click();
  });

  it('asks settings of the new one, and becomes active again with the codes of before', async () => {
    await heading(page, 'Instellingen per administratie').waitFor();
    const tabs = page.getByRole('navigation', { name: 'Administraties' });
    await tabs.locator('[aria-current=page]').getByText(added).waitFor();
    await shoot(page, '63-add-settings');
    await button(page, /voorstel(len)? overnemen/).click();
    await button(page, 'Opslaan').click();
    await dismissToast(page, 'Opgeslagen.');
    await link(page, 'Verder naar afronden').click();
    await heading(page, 'Laatste controle').waitFor();
    await page.getByRole('radio', { name: /Overal aanmaken/ }).check();
    await page.getByRole('radio', { name: /Bijwerken in Exact/ }).check();
    const activate = page.getByRole('button', { name: 'Koppeling activeren' });
    const agree = page.getByRole('checkbox', { name: /Ja, maak [\d.]+ nieuwe contacten aan/ });
    await agree.waitFor();
    await expect.poll(() => activate.isDisabled()).toBe(true);
    await agree.check();
    await expect.poll(() => activate.isDisabled()).toBe(false);
    await shoot(page, '64-add-finish-always');
    await page.getByRole('radio', { name: /Aanmaken bij het eerste gebruik/ }).check();
    await agree.waitFor({ state: 'detached' });
    await page.getByRole('radio', { name: /Laten zoals het is/ }).check();
    await shoot(page, '64-add-finish');
    await button(page, 'Koppeling activeren').click();
    await heading(page, 'Overzicht').waitFor();
    await shoot(page, '65-add-overview');
    const now = await codes();
    expect([...now.keys()]).toContain(added);
    for (const [name, code] of codesBefore) expect(now.get(name)).toBe(code);
    expect(await countRelations()).toBeGreaterThan(relationsBefore);
  });

  it('has shown no fault of the page itself', () => {
    expect(troublesOf(page)).toEqual([]);
  });
});
