import type { Locator, Page } from 'playwright-core';

export const people = {
  admin: 'admin@koppel.demo',
  reviewer: 'review@koppel.demo',
  viewer: 'view@koppel.demo',
} as const;
const password = 'koppel-demo';

/** Signs in on the sign-in page and waits for the page behind it. */
export async function signIn(page: Page, email: string = people.admin): Promise<void> {
  await page.goto('/inloggen');
  await page.getByLabel(/E-mailadres|E-mail address/).fill(email);
  await page.getByLabel(/^(Wachtwoord|Password)/).fill(password);
  await page.getByRole('button', { name: /Inloggen|Sign in/ }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/inloggen'));
}

export const heading = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('heading', { level: 1, name });

/** The button of that name, wherever it stands. */
export const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' });

export const link = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('link', { name, exact: typeof name === 'string' });

/** Chooses from one of Material's selects, which open a list box of their own. */
export async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
  await page.getByRole('listbox').waitFor({ state: 'hidden' });
}

/** Waits for a short message at the bottom of the page and sends it away, so that a later one is not taken for it. */
export async function dismissToast(page: Page, text: string | RegExp): Promise<void> {
  const message = page.getByText(text);
  await message.waitFor();
  await page.getByRole('button', { name: 'Sluiten' }).last().click();
  await message.waitFor({ state: 'hidden' });
}
