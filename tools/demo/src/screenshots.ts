import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { startProduct } from '@koppel/embedded';
import { launchBrowser } from '@koppel/testing';
import type { Browser, Page } from 'playwright-core';
import { ApiClient } from './api-client.js';
import { coupleAll } from './couple-all.js';

const email = 'admin@koppel.demo';
const password = 'koppel-demo';
const widths = [1440, 390] as const;
const pages: Readonly<Record<string, string>> = {
  overzicht: '/overzicht',
  'koppelen-verbinden': '/koppelen/verbinden',
  'koppelen-selecteren': '/koppelen/selecteren',
  'koppelen-configureren': '/koppelen/configureren',
  'koppelen-synchroniseren': '/koppelen/synchroniseren',
  'koppelen-matchen': '/koppelen/matchen',
  'koppelen-instellingen': '/koppelen/instellingen',
  'koppelen-afronden': '/koppelen/afronden',
  matchen: '/matchen',
  relaties: '/relaties',
  conflicten: '/conflicten',
  meldingen: '/meldingen',
  instellingen: '/instellingen',
  geschiedenis: '/geschiedenis',
  beheer: '/beheer',
};

const root = path.resolve(import.meta.dirname, '../../..');
const folder = path.join(root, 'docs/screenshots');
await mkdir(folder, { recursive: true });
const product = await startProduct({ sandbox: {}, env: { SEED_DEMO: '1' } });
const browser = await launchBrowser();
try {
  await shoot(browser, 'voor-de-koppeling', { overzicht: '/overzicht', verbinden: '/koppelen/verbinden' });
  await coupleAll(new ApiClient(product.url), {
    email,
    password,
    exact: { username: 'anna@bouwgroep-demo.nl', password: 'demo' },
    onStep: (text) => console.log(`• ${text}`),
  });
  await shoot(browser, '', pages);
  await copyFile(path.join(folder, 'overzicht-1440.png'), path.join(root, 'docs/portal.png'));
} finally {
  await browser.close();
  await product.stop();
}
process.exit(0);

async function shoot(
  browser: Browser,
  prefix: string,
  list: Readonly<Record<string, string>>,
): Promise<void> {
  for (const width of widths) {
    const context = await browser.newContext({
      viewport: { width, height: width > 600 ? 900 : 844 },
      locale: 'nl-NL',
    });
    const page = await context.newPage();
    await signIn(page);
    for (const [name, address] of Object.entries(list)) {
      await page.goto(new URL(address, product.url).href);
      await page.waitForLoadState('networkidle', { timeout: 15_000 }).catch(() => undefined); // an event stream never idles
      await page.screenshot({
        path: path.join(folder, `${prefix ? `${prefix}-` : ''}${name}-${width}.png`),
        fullPage: width < 600,
      });
    }
    if (prefix === '') await shootFirstRelation(page, width);
    await context.close();
  }
}

async function signIn(page: Page): Promise<void> {
  await page.goto(new URL('/inloggen', product.url).href);
  await page.getByLabel('E-mailadres').fill(email);
  await page.getByLabel('Wachtwoord', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Inloggen' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/inloggen'));
}

async function shootFirstRelation(page: Page, width: number): Promise<void> {
  await page.goto(new URL('/relaties?linked=several', product.url).href);
  await page.locator('a[href^="/relaties/"]').first().click();
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: path.join(folder, `relatie-${width}.png`), fullPage: width < 600 });
}
