import type { Page } from 'playwright-core';

export const exactUsers = { anna: 'anna@bouwgroep-demo.nl', accountant: 'accountant@demo.nl' } as const;
const password = 'demo';

/** Logs in on Exact's own page. */
export async function logInAtExact(page: Page, username: string = exactUsers.anna): Promise<void> {
  await page.getByRole('heading', { name: 'Inloggen bij Exact Online' }).waitFor();
  await page.getByLabel('Gebruikersnaam').fill(username);
  await page.getByLabel('Wachtwoord').fill(password);
  await page.getByRole('button', { name: 'Inloggen' }).click();
  await page.getByRole('heading', { name: 'Toegang tot uw administraties' }).waitFor();
}

/** Consents to everything that Exact offers, which sends the browser back. */
export const consentAtExact = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Toestaan' }).click();
