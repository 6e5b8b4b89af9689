import { setLocaleEndpoint } from '@koppel/contracts';
import type { ApiClient } from '@koppel/demo';
import { launchBrowser } from '@koppel/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { seriousFindings } from './support/accessibility.js';
import { ensureCoupled } from './support/coupled.js';
import { pages } from './support/pages.js';
import { signIn } from './support/portal.js';
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
beforeAll(async () => {
  api = await ensureCoupled(url);
  browser = await launchBrowser();
  page = await newVisitor(browser, { url });
  await signIn(page);
});
afterAll(async () => {
  await api?.call(setLocaleEndpoint, { body: { locale: 'nl' } });
  await browser?.close();
});

/** Opens a page and waits until it shows something else than that it is loading. */
async function open(address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.locator('kp-skeleton').first().waitFor({ state: 'detached' });
}

/** Switches to the dark theme at once: a colour on its way to another is not the one to judge. */
async function darken(on: Page): Promise<void> {
  await on.evaluate(() => {
    const atOnce = new CSSStyleSheet();
    atOnce.replaceSync('*, *::before, *::after { transition: none !important; }');
    document.adoptedStyleSheets.push(atOnce);
  });
  await on.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
}

/** A relation and a run, which have addresses of their own. */
async function addressOf(list: string, link: RegExp): Promise<string> {
  await open(list);
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
    await page.goto('/overzicht');
    await page.locator(`html[lang="${locale}"]`).waitFor();
  });

  async function check(address: string): Promise<void> {
    await page.setViewportSize(laptop);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await open(address);
    expect(await seriousFindings(page), 'light').toEqual([]);
    await darken(page);
    // A theme changes colours and nothing else.
    expect(await seriousFindings(page, ['color-contrast']), 'dark').toEqual([]);
    expect(await page.locator('html').getAttribute('lang')).toBe(locale);
    expect(await page.title()).toMatch(/Koppel/);
    const lines = (await page.locator('body').innerText()).split('\n');
    expect(lines.filter((line) => untranslated.test(line))).toEqual([]);
    // What somebody confirmed stands there in the words that were confirmed.
    const confirmed = await page.locator('blockquote').allInnerTexts();
    const ours = lines.filter((line) => !confirmed.includes(line));
    if (locale === 'en') expect(ours.filter((line) => dutch.test(line))).toEqual([]);
    await page.setViewportSize(phone);
    const { scrollWidth, clientWidth } = await page.evaluate(() => ({
      scrollWidth: document.documentElement.scrollWidth,
      clientWidth: document.documentElement.clientWidth,
    }));
    expect(scrollWidth, 'sideways at 390 px').toBeLessThanOrEqual(clientWidth);
    if (locale === 'en') return;
    // As high as its content: what is scrolled below a bar that stays is not out of reach.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: phone.width, height: Math.min(height, highest) });
    expect(await seriousFindings(page), 'at 390 px').toEqual([]);
  }

  it.each(pages)('%s is readable, translated, and fits a phone', (address) => check(address));

  it('a relation and a run are readable, translated, and fit a phone', async () => {
    await check(await addressOf('/relaties?gekoppeld=meer', /^\/relaties\/[0-9a-f-]{36}/));
    await check(await addressOf('/beheer', /^\/synchronisaties\/[0-9a-f-]{36}/));
  });
});

describe('on a phone', () => {
  it('every page is in reach of the thumb: in the bar, behind “more”, or in the account menu', async () => {
    await api.call(setLocaleEndpoint, { body: { locale: 'nl' } });
    await page.setViewportSize(phone);
    await open('/overzicht');
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
    await open('/relaties');
    await page.getByRole('button', { name: 'EN, English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Relations' }).waitFor();
    await open('/relaties');
    await page.getByRole('heading', { level: 1, name: 'Relations' }).waitFor();
    const elsewhere = await newVisitor(browser, { url });
    await signIn(elsewhere);
    await elsewhere.locator('html[lang="en"]').waitFor();
    await elsewhere.context().close();
    await page.getByRole('button', { name: 'NL, Nederlands' }).click();
    await page.getByRole('heading', { level: 1, name: 'Relaties' }).waitFor();
  });

  it('is chosen before signing in too, where the page is just as readable', async () => {
    const visitor = await newVisitor(browser, { url });
    await visitor.goto('/inloggen');
    await visitor.getByRole('heading', { level: 1, name: 'Inloggen' }).waitFor();
    expect(await seriousFindings(visitor)).toEqual([]);
    await darken(visitor);
    expect(await seriousFindings(visitor, ['color-contrast'])).toEqual([]);
    await visitor.getByRole('button', { name: /English/ }).click();
    await visitor.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    expect(await seriousFindings(visitor)).toEqual([]);
    await visitor.context().close();
  });

  it('shows no fault of the page itself', () => {
    expect(troublesOf(page)).toEqual([]);
  });
});
