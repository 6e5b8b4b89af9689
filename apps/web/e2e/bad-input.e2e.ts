import { startProduct, type Product } from '@koppel/embedded';
import { launchBrowser } from '@koppel/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { consentAtExact, logInAtExact } from './support/exact-pages.js';
import { button, heading, link, people, signIn } from './support/portal.js';
import { rawCall } from './support/raw-call.js';
import { ExactSandbox } from './support/sandbox.js';
import { shoot } from './support/shots.js';
import { newVisitor, troublesOf } from './support/visitor.js';

const withoutRights = { division: 3_412_003, name: 'Van Dijk Vastgoed B.V.' };
const done = 'Klaar: alles is opgehaald en vergeleken';

let product: Product;
let browser: Browser;
let exact: ExactSandbox;
let page: Page;
/** The same administrator in another browser. */
let elsewhere: Page;
let callback: string;
beforeAll(async () => {
  product = await startProduct({
    sandbox: {},
    env: { SEED_DEMO: '1' },
    databaseFlags: ['-c', 'fsync=off'],
  });
  exact = new ExactSandbox(product.sandboxUrl ?? '');
  browser = await launchBrowser();
  [page, elsewhere] = await Promise.all([
    newVisitor(browser, { url: product.url }),
    newVisitor(browser, { url: product.url }),
  ]);
  await signIn(page);
  await signIn(elsewhere);
});
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await shoot(page, 'failed-bad-input');
  await shoot(elsewhere, 'failed-bad-input-elsewhere');
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const codeOf = (on: Page, name: string) => on.getByRole('textbox', { name: `Administratiecode van ${name}` });
const ofOtherSession = 'Deze toestemming hoort niet bij deze sessie';

describe('coming back from Exact', () => {
  it('with a state that is not ours leads to another try', async () => {
    await page.goto('/oauth/callback?state=niet-van-ons&code=verzonnen');
    await page.getByRole('alert').getByText(ofOtherSession).waitFor();
    await link(page, 'Opnieuw koppelen').click();
    await heading(page, 'Verbinden met Exact Online').waitFor();
  });

  it('works once, and in the session that asked for it', async () => {
    await button(page, 'Koppelen met Exact Online').click();
    await logInAtExact(page);
    const returned = page.waitForRequest((request) => request.url().includes('/oauth/callback?'));
    await consentAtExact(page);
    callback = new URL((await returned).url()).pathname + new URL((await returned).url()).search;
    await heading(page, 'Welke administraties wilt u koppelen?').waitFor();

    await elsewhere.goto(callback);
    await elsewhere.getByRole('alert').getByText(ofOtherSession).waitFor();
    // The same session is told the same again: nothing is asked of Exact twice.
    await page.goto(callback);
    await heading(page, 'Welke administraties wilt u koppelen?').waitFor();
    const exchanges = (await exact.journal()).filter(
      ({ path, method }) => method === 'POST' && path.endsWith('/oauth2/token'),
    );
    expect(exchanges.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('an administration of which the rights were taken away', () => {
  it('cannot be ticked, says why and what to do, and is refused when it is asked for anyway', async () => {
    const row = page.getByRole('row', { name: new RegExp(withoutRights.name) });
    await row.getByRole('checkbox').waitFor();
    await exact.plantFault({ kind: 'rights-withdrawn', division: withoutRights.division });
    await button(page, 'Lijst verversen').click();
    await row.getByText('Niet meer zichtbaar').waitFor();
    await page.getByText(/Herstel de toegang of koppel met een andere Exact-gebruiker/).waitFor();
    expect(await row.getByRole('checkbox').count()).toBe(0);
    const { body } = await rawCall(page, 'GET', '/administrations');
    const { id } = (body as { items: { id: string; name: string }[] }).items.find(
      ({ name }) => name === withoutRights.name,
    )!; // it is in the list
    expect(await rawCall(page, 'POST', '/coupling/selection', { administrationIds: [id] })).toMatchObject({
      status: 422,
      kind: 'administration-unavailable',
    });
  });

  it('can be ticked once the rights are given back in Exact', async () => {
    await exact.removeFaults();
    await button(page, 'Lijst verversen').click();
    await page.getByRole('checkbox', { name: withoutRights.name }).check();
    await page.getByRole('checkbox', { name: 'Alles selecteren' }).check();
    await button(page, 'Volgende').click();
    await heading(page, 'Zo gaat Koppel te werk').waitFor();
  });
});

describe('a code', () => {
  it.each([
    ['ab', 'Precies drie cijfers, bijvoorbeeld 007'],
    ['12', 'Precies drie cijfers, bijvoorbeeld 007'],
    ['1 2', 'Precies drie cijfers, bijvoorbeeld 007'],
    ['000', '000 kan niet; begin bij 001'],
    ['002', 'Al in gebruik bij Van Dijk Onderhoud & Renovatie B.V.'],
  ])('“%s” is refused while it is typed, with the way out', async (code, text) => {
    await codeOf(page, 'Van Dijk Bouw B.V.').fill(code);
    await page.getByText(text).first().waitFor();
    expect(await button(page, 'Synchroniseren').isDisabled()).toBe(true);
  });

  it('is refused by the api too, whatever a page sends', async () => {
    const { body } = await rawCall(page, 'GET', '/coupling/configuration');
    const { codes, version } = body as {
      codes: { administrationId: string; suggestedCode: string }[];
      version: number;
    };
    const save = (code: string) =>
      rawCall(page, 'PUT', '/coupling/configuration', {
        contactHandling: 'automatic',
        version,
        codes: codes.map(({ administrationId }) => ({ administrationId, code })),
      });
    expect((await save('000')).kind).toMatch(/code-malformed|invalid-request/);
    expect(await save('123')).toMatchObject({ status: 409, kind: 'code-taken' });
    await button(page, /Gebruik \d{3}/).click();
  });
});

describe('starting twice', () => {
  it('by a double click and from two browsers at once begins one run, and both are led to it', async () => {
    await elsewhere.goto('/koppelen/configureren');
    for (const each of [page, elsewhere]) {
      await each.getByRole('radio', { name: 'Automatisch' }).check();
      await each.getByRole('checkbox', { name: /contacten/i }).check();
      await expect.poll(() => button(each, 'Synchroniseren').isEnabled()).toBe(true);
    }

    await Promise.all([
      button(page, 'Synchroniseren').dblclick({ noWaitAfter: true }),
      button(elsewhere, 'Synchroniseren').click({ noWaitAfter: true }),
    ]);

    for (const each of [page, elsewhere]) {
      const fetching = heading(each, 'Ophalen en vergelijken');
      const way = link(each, 'Naar die stap');
      await fetching.or(way).first().waitFor();
      if (await way.isVisible()) await way.click();
      await fetching.waitFor();
    }
    const { body } = await rawCall(page, 'GET', '/sync-runs');
    expect((body as { items: unknown[] }).items).toHaveLength(1);
  });
});

describe('while contacts are frozen', () => {
  it('a relation can be seen but not edited, with the reason, and the api answers 423', async () => {
    await page.getByRole('heading', { name: done }).waitFor({ timeout: 150_000 });
    await elsewhere.goto('/relaties?gekoppeld=meer');
    await elsewhere.getByRole('row').nth(1).getByRole('link').first().click();
    await elsewhere.getByRole('heading', { name: 'Records in Exact Online' }).waitFor();
    await elsewhere.getByText('Contacten staan vast zolang de koppeling loopt.').waitFor();
    expect(await button(elsewhere, 'Bewerken').isDisabled()).toBe(true);
    expect(await button(elsewhere, 'Loskoppelen').count()).toBe(0);

    const path = new URL(elsewhere.url()).pathname.replace('/relaties', '/relations');
    const { body } = await rawCall(elsewhere, 'GET', path);
    const { version } = body as { version: number };
    expect(
      await rawCall(elsewhere, 'PATCH', path, { version, values: { phone: '0201234567' } }),
    ).toMatchObject({ status: 423, kind: 'relations-frozen' });
    await shoot(elsewhere, '30-relation-frozen');
  });

  it('a reviewer sees the steps and cannot take them', async () => {
    const reviewer = await newVisitor(browser, { url: product.url });
    await signIn(reviewer, people.reviewer);
    await reviewer.goto('/koppelen/configureren');
    await heading(reviewer, 'Zo gaat Koppel te werk').waitFor();
    await codeOf(reviewer, 'Van Dijk Bouw B.V.').waitFor();
    expect(await codeOf(reviewer, 'Van Dijk Bouw B.V.').isEditable()).toBe(false);
    expect(await button(reviewer, 'Synchroniseren').count()).toBe(0);
    expect(await rawCall(reviewer, 'POST', '/coupling/synchronise/finish')).toMatchObject({ status: 403 });
    await reviewer.context().close();
  });

  it('has shown no fault of the page itself', () => {
    expect([...troublesOf(page), ...troublesOf(elsewhere)]).toEqual([]);
  });
});
