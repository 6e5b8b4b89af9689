import type { Browser, Page } from 'playwright-core';

export interface VisitorOptions {
  /** Where the product is served. */
  readonly url: string;
  readonly width?: number;
}

const heightPx = 900;
const patienceMs = 60_000;
const troubles = new WeakMap<Page, string[]>();

/** A person with a browser of their own: no cookies, nothing stored. Remembers every fault of the page's scripts. */
export async function newVisitor(browser: Browser, options: VisitorOptions): Promise<Page> {
  const { url, width = 1440 } = options;
  const context = await browser.newContext({
    baseURL: url,
    locale: 'nl-NL',
    viewport: { width, height: heightPx },
  });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const seen: string[] = [];
  troubles.set(page, seen);
  page.on('pageerror', (error) => seen.push(String(error.stack ?? error)));
  page.on('console', (message) => {
    // A refused request is no fault of the page: journeys provoke them.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      seen.push(message.text());
  });
  return page;
}

/** What went wrong in the page's scripts since it was opened. */
export const troublesOf = (page: Page): readonly string[] => troubles.get(page) ?? [];
