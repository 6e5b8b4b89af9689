import type { Page } from 'playwright-core';
import { button, dismissToast, heading } from './portal.js';

const causesMax = 20;

/** Ignores every open issue, cause by cause, with the same reason. */
export async function ignoreAllIssues(page: Page, reason: string): Promise<void> {
  await heading(page, 'Meldingen').waitFor();
  const all = button(page, /^Alle negeren/);
  // A cause with one issue: ignoring is behind the other ways out.
  const one = button(page, 'Meer uitwegen');
  const none = page.getByText('Geen meldingen', { exact: true });
  for (let cause = 0; cause < causesMax; cause += 1) {
    await all.or(one).or(none).first().waitFor();
    if (await none.isVisible()) return;
    if ((await all.count()) > 0) {
      await all.first().click();
    } else {
      await one.first().click();
      await page.getByRole('menuitem', { name: 'Negeren' }).click();
    }
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reden').fill(reason);
    await dialog.getByRole('button', { name: 'Negeren' }).click();
    await dismissToast(page, /meldingen? genegeerd/);
  }
  throw new Error('there were more causes than expected');
}
