import type { Locator, Page } from 'playwright-core';
import { button } from './portal.js';

/** One of a relation's records in Exact, as its deep link names it. */
export interface ExactRecord {
  readonly division: number;
  readonly id: string;
}

/** The records that a relation's page links to in Exact. */
export async function recordsOf(page: Page): Promise<ExactRecord[]> {
  const links = page.getByRole('link', { name: /Openen in Exact/ });
  await links.first().waitFor();
  return Promise.all(
    (await links.all()).map(async (each) => {
      const { searchParams } = new URL((await each.getAttribute('href')) ?? '');
      return { division: Number(searchParams.get('_Division_')), id: searchParams.get('AccountID') ?? '' };
    }),
  );
}

/** A value on a relation's page with its origin. */
export const valueOnPage = (page: Page, text: string | RegExp): Locator =>
  page.getByRole('definition').filter({ hasText: text });

/** Changes one field of the relation that is shown. */
export async function editField(page: Page, label: string, value: string): Promise<void> {
  await button(page, 'Bewerken').click();
  await page.getByLabel(label, { exact: true }).fill(value);
  await button(page, 'Opslaan').click();
}
