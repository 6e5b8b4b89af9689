import type { Page } from 'playwright-core';
import { button, heading } from './portal.js';

const causesMax = 20;

/** Ignores every open issue, cause by cause, with the same reason. */
export async function ignoreAllIssues(page: Page, reason: string): Promise<void> {
  await heading(page, 'Meldingen').waitFor();
  const all = button(page, 'Alle negeren');
  const one = button(page, 'Negeren');
  const none = page.getByText('Geen meldingen', { exact: true });
  for (let cause = 0; cause < causesMax; cause += 1) {
    await all.or(one).or(none).first().waitFor();
    if (await none.isVisible()) return;
    await ((await all.count()) > 0 ? all : one).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reden').fill(reason);
    await dialog.getByRole('button', { name: 'Negeren' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }
  throw new Error('there were more causes than expected');
}
