import { setLocaleEndpoint } from '@koppel/contracts';
import type { ApiClient } from '@koppel/demo';
import { launchBrowser } from '@koppel/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { seriousFindings } from './support/accessibility.js';
import { ensureCoupled } from './support/coupled.js';
import { pages } from './support/pages.js';
import { signIn } from './support/portal.js';
import { go, load, openTab } from './support/tab.js';
import { newVisitor, troublesOf } from './support/visitor.js';

const phone = { width: 390, height: 844 };
const laptop = { width: 1440, height: 900 };
const highest = 12_000;
/** Words that no English sentence has, and neither have the names and addresses in the demo's data. */
const dutch = /\b(een|niet|wordt|worden|voor|naar|nog|geen|uw|bij|zijn|deze)\b/i;
/** What stays of a text that was never filled in or translated. */
const untranslated = /@@|\{\$|\{VAR_|\bINTERPOLATION\b/;

const { url } = inject('product');
let api: ApiClient;
let browser: Browser;
let page: Page;
/** The same person, in the dark. */
let dark: Page;
beforeAll(async () => {
  api = await ensureCoupled(url);
  browser = await launchBrowser();
  page = await openTab(browser, { url, colorScheme: 'light' });
  await signIn(page);
  dark = await openTab(browser, { url, colorScheme: 'dark', signedIn: page });
});
afterAll(async () => {
  await api?.call(setLocaleEndpoint, { body: { locale: 'nl' } });
  await browser?.close();
});

/** The pages of one component do not differ in what `go` waits for. */
const goTo = (tab: Page, address: string): Promise<void> =>
  address.includes('?') ? load(tab, address) : go(tab, address);

/** A relation and a run, which have addresses of their own. */
async function addressOf(list: string, link: RegExp): Promise<string> {
  await load(page, list);
  const href = await page
    .locator('main a')
    .evaluateAll(
      (links, pattern) =>
        links.map((each) => each.getAttribute('href') ?? '').find((each) => new RegExp(pattern).test(each)),
      link.source,
    );
  expect(href).toBeDefined();
  return href ?? '';
}

describe.each(['nl', 'en'] as const)('every page in %s', (locale) => {
  beforeAll(async () => {
    await api.call(setLocaleEndpoint, { body: { locale } });
    for (const tab of [page, dark]) {
      // Another page than the first one to be looked at.
      await tab.goto('/beheer');
      await tab.locator(`html[lang="${locale}"]`).waitFor();
    }
  });

  async function check(address: string): Promise<void> {
    await Promise.all([checkLight(address), checkDark(address)]);
  }

  async function checkLight(address: string): Promise<void> {
    await goTo(page, address);
    expect(await seriousFindings(page), 'light').toEqual([]);
    expect(await page.locator('html').getAttribute('lang')).toBe(locale);
    expect(await page.title()).toMatch(/Koppel/);
    const lines = (await page.locator('body').innerText()).split('\n');
    expect(lines.filter((line) => untranslated.test(line))).toEqual([]);
    // What somebody confirmed stands there in the words that were confirmed.
    const confirmed = await page.locator('blockquote').allInnerTexts();
    const ours = lines.filter((line) => !confirmed.includes(line));
    if (locale === 'en') expect(ours.filter((line) => dutch.test(line))).toEqual([]);
  }

  async function checkDark(address: string): Promise<void> {
    await dark.setViewportSize(laptop);
    await goTo(dark, address);
    // A theme changes colours and nothing else.
    expect(await seriousFindings(dark, ['color-contrast']), 'dark').toEqual([]);
    await dark.setViewportSize(phone);
    const { scrollWidth, clientWidth, height } = await dark.evaluate(() => ({
      scrollWidth: document.documentElement.scrollWidth,
      clientWidth: document.documentElement.clientWidth,
      height: document.documentElement.scrollHeight,
    }));
    expect(scrollWidth, 'sideways at 390 px').toBeLessThanOrEqual(clientWidth);
    if (locale === 'en') return;
    // As high as its content: what is scrolled below a bar that stays is not out of reach.
    await dark.setViewportSize({ width: phone.width, height: Math.min(height, highest) });
    expect(await seriousFindings(dark), 'at 390 px').toEqual([]);
  }

  it.each(pages)('%s is readable, translated, and fits a phone', (address) => check(address));

  it('a relation and a run are readable, translated, and fit a phone', async () => {
    const relation = await addressOf('/relaties?gekoppeld=meer', /^\/relaties\/[0-9a-f-]{36}/);
    await check(relation);
    await check(`${relation}?op=${new Date().toISOString().slice(0, 10)}`);
    await check(await addressOf('/beheer', /^\/synchronisaties\/[0-9a-f-]{36}/));
  });
});

describe('on a phone', () => {
  it('every page is in reach of the thumb: in the bar, behind “more”, or in the account menu', async () => {
    await api.call(setLocaleEndpoint, { body: { locale: 'nl' } });
    await page.setViewportSize(phone);
    await load(page, '/overzicht');
    const bar = page.getByRole('navigation', { name: "Pagina's" }).last();
    for (const [name, path] of [
      ['Koppelen', '/koppelen'],
      ['Matchen', '/matchen'],
      ['Relaties', '/relaties'],
      ['Overzicht', '/overzicht'],
    ] as const) {
      await bar.getByRole('link', { name: new RegExp(name) }).click();
      await page.waitForURL((to) => to.pathname.startsWith(path));
    }
    for (const [name, path] of [
      ['Meldingen', '/meldingen'],
      ['Instellingen', '/instellingen'],
      ['Geschiedenis', '/geschiedenis'],
      ['Beheer', '/beheer'],
    ] as const) {
      await bar.getByRole('button', { name: /Meer/ }).click();
      await page.getByRole('menuitem', { name: new RegExp(name) }).click();
      await page.waitForURL((to) => to.pathname.startsWith(path));
    }
  });
});

describe('the language', () => {
  it('is switched on the page, remembered, and kept for a visitor who is not signed in', async () => {
    await page.setViewportSize(laptop);
    await load(page, '/relaties');
    await page.getByRole('button', { name: 'EN, English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Relations' }).waitFor();
    await load(page, '/relaties');
    await page.getByRole('heading', { level: 1, name: 'Relations' }).waitFor();
    const elsewhere = await newVisitor(browser, { url });
    await signIn(elsewhere);
    await elsewhere.locator('html[lang="en"]').waitFor();
    await elsewhere.context().close();
    await page.getByRole('button', { name: 'NL, Nederlands' }).click();
    await page.getByRole('heading', { level: 1, name: 'Relaties' }).waitFor();
  });

  it('is chosen before signing in too, where the page is just as readable', async () => {
    const visitor = await openTab(browser, { url, colorScheme: 'light' });
    await visitor.goto('/inloggen');
    await visitor.getByRole('heading', { level: 1, name: 'Inloggen' }).waitFor();
    expect(await seriousFindings(visitor)).toEqual([]);
    await visitor.emulateMedia({ colorScheme: 'dark' });
    expect(await seriousFindings(visitor, ['color-contrast'])).toEqual([]);
    await visitor.getByRole('button', { name: /English/ }).click();
    await visitor.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    expect(await seriousFindings(visitor)).toEqual([]);
    await visitor.context().close();
  });

  it('shows no fault of the page itself', () => {
    expect([...troublesOf(page), ...troublesOf(dark)]).toEqual([]);
  });
});
