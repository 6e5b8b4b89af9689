import type { Browser, Page } from 'playwright-core';
import { newVisitor, type VisitorOptions } from './visitor.js';

/** What `newVisitor` was given for a second tab of somebody who signed in elsewhere. */
export interface TabOptions extends VisitorOptions {
  readonly colorScheme: 'light' | 'dark';
  /** The tab whose session it shares. */
  readonly signedIn?: Page;
}

/** A tab that stays in one theme and shows every colour at once: one on its way to another is not the one to judge. */
export async function openTab(
  browser: Browser,
  { colorScheme, signedIn, ...visitor }: TabOptions,
): Promise<Page> {
  const page = await newVisitor(browser, visitor);
  if (signedIn) await page.context().addCookies(await signedIn.context().cookies());
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.addInitScript(() => {
    const atOnce = new CSSStyleSheet();
    atOnce.replaceSync('*, *::before, *::after { transition: none !important; }');
    document.adoptedStyleSheets.push(atOnce);
  });
  return page;
}

/** Loads the portal at an address and waits until it shows something else than that it is loading. */
export async function load(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await isLoaded(page);
}

/** Goes to another page as a link would, without loading the portal once more. */
export async function go(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    for (const heading of document.querySelectorAll('h1')) heading.dataset['left'] = '';
    history.pushState({}, '', to);
    dispatchEvent(new PopStateEvent('popstate', { state: {} }));
  }, address);
  await page.locator('h1:not([data-left])').first().waitFor();
  await isLoaded(page);
}

const isLoaded = (page: Page): Promise<void> =>
  page.locator('kp-skeleton').first().waitFor({ state: 'detached' });
