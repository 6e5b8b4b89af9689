import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { shotsFolder } from '../config.js';

const narrow = { width: 390, height: 844 };

/** Leaves a picture of the page as it is and one as a phone shows it, when somebody asked for them. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = shotsFolder();
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
  const wide = page.viewportSize();
  await page.setViewportSize(narrow);
  await page.screenshot({ path: path.join(folder, `${name}-390.png`), fullPage: true });
  if (wide) await page.setViewportSize(wide);
}
