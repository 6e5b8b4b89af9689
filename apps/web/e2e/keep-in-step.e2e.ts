import { launchBrowser } from '@koppel/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { ensureCoupled } from './support/coupled.js';
import { MatchBoard } from './support/match-board.js';
import { button, dismissToast, heading, link, signIn } from './support/portal.js';
import { editField, recordsOf, valueOnPage, type ExactRecord } from './support/relation-page.js';
import { ExactSandbox } from './support/sandbox.js';
import { shoot } from './support/shots.js';
import { newVisitor, troublesOf } from './support/visitor.js';

const runTimeoutMs = 120_000;
const phoneInExact = '0201234567';
const mailInPortal = 'administratie@journey-voorbeeld.nl';

const { url, sandboxUrl } = inject('product');
const exact = new ExactSandbox(sandboxUrl);
let browser: Browser;
let page: Page;
let relation: { readonly address: string; readonly records: readonly ExactRecord[] };
beforeAll(async () => {
  await ensureCoupled(url);
  browser = await launchBrowser();
  page = await newVisitor(browser, { url });
  await signIn(page);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await shoot(page, 'failed-keep-in-step');
});
afterAll(() => browser?.close());

describe('staying in step after the coupling', () => {
  it('finds a relation that several administrations share, with its records in Exact', async () => {
    await page.goto('/relaties?gekoppeld=meer');
    await heading(page, 'Relaties').waitFor();
    await shoot(page, '20-relations');
    await page.getByRole('row').nth(1).getByRole('link').first().click();
    await page.getByRole('heading', { name: 'Records in Exact Online' }).waitFor();
    relation = { address: new URL(page.url()).pathname, records: await recordsOf(page) };
    await shoot(page, '21-relation');
    expect(new Set(relation.records.map(({ division }) => division)).size).toBeGreaterThan(1);
  });

  it('shows a value that was changed in Exact after synchronising now, and where it comes from', async () => {
    const [edited] = relation.records;
    if (!edited) throw new Error('the relation has no record');
    await exact.editAccount(edited.division, edited.id, { Phone: phoneInExact });
    await link(page, 'Overzicht').click();
    await button(page, 'Nu synchroniseren').click();
    const done = page.getByRole('heading', { name: 'Klaar: alles is opgehaald en vergeleken' });
    await done.waitFor({ timeout: runTimeoutMs });
    await shoot(page, '22-run');
    await page.goto(relation.address);
    await valueOnPage(page, /0?20[- ]?123/).waitFor();
  });

  it('writes that value to the other administrations', async () => {
    for (const { division, id } of relation.records.slice(1)) {
      await exact.awaitWrite(division, id);
      expect((await exact.readAccount(division, id)).Phone?.replace(/\D/g, '')).toMatch(/201234567$/);
    }
  });

  it('writes a value that was edited in the portal to every administration', async () => {
    await exact.clearJournal();
    await editField(page, 'E-mail', mailInPortal);
    await valueOnPage(page, mailInPortal).getByText('hier ingevuld').waitFor();
    await shoot(page, '23-relation-edited');
    for (const { division, id } of relation.records) {
      await exact.awaitWrite(division, id);
      expect((await exact.readAccount(division, id)).Email).toBe(mailInPortal);
    }
  });

  it('shows the relation as it stood at the end of a day, and never one day under the date of another', async () => {
    await page.goto(`${relation.address}?op=2020-01-01`);
    const notThere = page.getByText('Deze relatie bestond toen nog niet in Koppel.');
    await notThere.waitFor();
    const day = page.getByLabel('Zoals op');
    const isRead = (to: URL) => to.pathname.endsWith('/at');
    await page.route(isRead, (route) => route.abort());
    await day.fill((await day.getAttribute('max')) ?? '');
    await button(page, 'Opnieuw proberen').waitFor();
    expect(await notThere.count()).toBe(0);
    await page.unroute(isRead);
    await button(page, 'Opnieuw proberen').click();
    await valueOnPage(page, mailInPortal).waitFor();
    await shoot(page, '23-relation-on-a-day');
    await button(page, 'Terug naar nu').click();
    await valueOnPage(page, mailInPortal).getByText('hier ingevuld').waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  it('takes another handling of contacts while active, for contacts that still come', async () => {
    await page.goto('/koppelen/configureren');
    await page.getByText(/wat bij Matchen wacht, blijft daar wachten/).waitFor();
    const choices = page.getByRole('radio');
    const isChecked = (one: number) => choices.nth(one).isChecked();
    const before = [await isChecked(0), await isChecked(1), await isChecked(2)].indexOf(true);
    for (const choice of [(before + 1) % 3, before]) {
      await choices.nth(choice).check();
      await button(page, 'Bewaren').click();
      await dismissToast(page, 'Bewaard; geldt vanaf de volgende synchronisatie.');
      await page.reload();
      await expect.poll(() => isChecked(choice)).toBe(true);
      await expect.poll(() => button(page, 'Bewaren').isDisabled()).toBe(true);
    }
  });

  it('creates a relation in another administration once it is taken into use there, and links it', async () => {
    await page.goto('/relaties?gekoppeld=een');
    await heading(page, 'Relaties').waitFor();
    await page.getByRole('row').nth(1).getByRole('link').first().click();
    await page.getByRole('heading', { name: 'Nog niet in' }).waitFor();
    const before = await recordsOf(page);
    await button(page, /^In gebruik nemen in /)
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: 'klant' }).check();
    await shoot(page, '26-use-asked');
    await dialog.getByRole('button', { name: 'In gebruik nemen' }).click();
    await page.getByText(/De relatie staat in .* en is gekoppeld\./).waitFor({ timeout: runTimeoutMs });
    await expect.poll(async () => (await recordsOf(page)).length).toBe(before.length + 1);
    await page
      .getByText(/(Aangemaakt in |Stond al in )/)
      .first()
      .waitFor();
    await shoot(page, '27-used-elsewhere');
  });

  it('tells in the history who merged what, and undoes it there', async () => {
    await page.goto('/matchen');
    await heading(page, 'Matchen').waitFor();
    const match = new MatchBoard(page);
    await match.seekChoice();
    await match.decide('a');
    await page.getByText('Samengevoegd.').waitFor();
    await link(page, 'Geschiedenis').click();
    await heading(page, 'Geschiedenis').waitFor();
    const latest = page.getByRole('main').getByRole('listitem').first();
    await latest.getByText('Anneke van Dijk').waitFor();
    await shoot(page, '24-history');
    await latest.getByRole('link').first().click();
    await page.getByRole('heading', { name: 'Records in Exact Online' }).waitFor();
    // Not the one of the short message that is still there.
    const history = page.getByRole('region', { name: 'Geschiedenis' });
    await history.getByRole('button', { name: 'Ongedaan maken' }).first().click();
    await page.getByText('Ongedaan gemaakt.', { exact: true }).waitFor();
    await history.getByText('Ongedaan gemaakt', { exact: true }).first().waitFor();
    await shoot(page, '25-relation-undone');
  });

  it('has shown no fault of the page itself', () => {
    expect(troublesOf(page)).toEqual([]);
  });
});
