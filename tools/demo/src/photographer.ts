import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';

export interface PhotographerOptions {
  readonly url: string;
  /** Where the pictures go, as `<name>-<width>.png`. */
  readonly folder: string;
  readonly email: string;
  readonly password: string;
}

const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;
/** Pixels of a picture; longer lists are cut. */
const highest = 6_000;
type Size = (typeof sizes)[number];

/** Takes pictures of pages as a laptop and a phone show them, in Dutch, once they show more than that they are loading. */
export class Photographer {
  count = 0;
  readonly #signedIn = new Map<number, Page>();

  constructor(
    private readonly browser: Browser,
    private readonly options: PhotographerOptions,
  ) {}

  /** Each page, whole, by the name of its picture. */
  async pages(addresses: Readonly<Record<string, string>>): Promise<void> {
    for (const size of sizes) {
      const page = await this.visitor(size);
      for (const [name, address] of Object.entries(addresses)) {
        await open(page, address);
        await this.shoot(page, name);
      }
    }
  }

  async signInPage(name: string): Promise<void> {
    for (const size of sizes) {
      const context = await this.context(size);
      const page = await context.newPage();
      await open(page, '/inloggen');
      await this.shoot(page, name);
      await context.close();
    }
  }

  /** The page behind the first link of a list whose address fits the pattern. */
  async firstOf(name: string, list: string, pattern: string): Promise<void> {
    for (const size of sizes) {
      const page = await this.visitor(size);
      await open(page, list);
      const hrefs = await page
        .locator('main a')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
      const address = hrefs.find((href) => new RegExp(pattern).test(href));
      if (address === undefined) throw new Error(`${list} has no link that fits ${pattern}`);
      await open(page, address);
      await this.shoot(page, name);
    }
  }

  /** The dialog that accepts all pairs above a chance. */
  async acceptAll(name: string): Promise<void> {
    for (const size of sizes) {
      const page = await this.visitor(size);
      await open(page, '/matchen');
      await page.getByRole('button', { name: /^Alles boven een kans/ }).click();
      await page.getByRole('dialog').getByRole('listitem').first().waitFor();
      await this.shoot(page, name);
    }
  }

  private async visitor(size: Size): Promise<Page> {
    const known = this.#signedIn.get(size.width);
    if (known) return known;
    const page = await (await this.context(size)).newPage();
    await page.goto('/inloggen');
    await page.getByLabel('E-mailadres').fill(this.options.email);
    await page.getByLabel('Wachtwoord', { exact: true }).fill(this.options.password);
    await page.getByRole('button', { name: 'Inloggen' }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/inloggen'));
    this.#signedIn.set(size.width, page);
    return page;
  }

  private context(viewport: Size): Promise<BrowserContext> {
    const reducedMotion = 'reduce';
    return this.browser.newContext({ viewport, baseURL: this.options.url, locale: 'nl-NL', reducedMotion });
  }

  private async shoot(page: Page, name: string): Promise<void> {
    const size = page.viewportSize() ?? sizes[0];
    const file = path.join(this.options.folder, `${name}-${size.width}.png`);
    // As high as its content: a bar that stays at the bottom would else lie across the middle.
    const isPhone = size.width <= sizes[1].width;
    if (isPhone) await page.setViewportSize({ ...size, height: await heightOf(page) });
    await page.screenshot({ path: file });
    if (isPhone) await page.setViewportSize(size);
    this.count += 1;
  }
}

async function heightOf(page: Page): Promise<number> {
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  return Math.min(Math.max(height, sizes[1].height), highest);
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.locator('kp-skeleton').first().waitFor({ state: 'detached' });
  // Codes are checked a moment after they are there.
  await page.locator('kp-invoice-preview .none').first().waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready.then(() => undefined)');
}
