import { startProduct, type Product } from '@koppel/embedded';
import { launchBrowser } from '@koppel/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { consentAtExact, logInAtExact } from './support/exact-pages.js';
import { ignoreAllIssues } from './support/issues-page.js';
import { MatchBoard } from './support/match-board.js';
import { button, choose, dismissToast, heading, link, signIn } from './support/portal.js';
import { ExactSandbox } from './support/sandbox.js';
import { shoot } from './support/shots.js';
import { readLongAgo } from './support/time-passes.js';
import { newVisitor, troublesOf } from './support/visitor.js';

const heldDivision = 3_412_002;
const slowMs = 4_000;

let product: Product;
let browser: Browser;
let exact: ExactSandbox;
let page: Page;
let match: MatchBoard;
beforeAll(async () => {
  // A clean organisation, and an administration that cannot be coupled.
  product = await startProduct({
    sandbox: { archived: 1 },
    // The journeys start their own resyncs, and see one at a time.
    env: { SEED_DEMO: '1', EXACT_WEBHOOKS: 'off' },
    databaseFlags: ['-c', 'fsync=off'],
  });
  exact = new ExactSandbox(product.sandboxUrl ?? '');
  browser = await launchBrowser();
  page = await newVisitor(browser, { url: product.url });
  match = new MatchBoard(page);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await shoot(page, 'failed-couple');
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

/** The box of one administration on the select page. */
const tick = (name: string) => page.getByRole('checkbox', { name, exact: true });
const codeOf = (name: string) => page.getByRole('textbox', { name: `Administratiecode van ${name}` });

describe('coupling for the first time', () => {
  it('signs in and finds what Koppel is for', async () => {
    await page.goto('/');
    await heading(page, 'Inloggen').waitFor();
    await shoot(page, '01-sign-in');
    await signIn(page);
    await heading(page, 'Overzicht').waitFor();
    await shoot(page, '02-overview-empty');
    await link(page, 'Beginnen met koppelen').click();
    await heading(page, 'Verbinden met Exact Online').waitFor();
  });

  it('shows the site of the chosen country and goes to Exact for consent', async () => {
    await choose(page, 'Land van uw Exact Online', 'België');
    await page.getByText('U logt in op start.exactonline.be').waitFor();
    await choose(page, 'Land van uw Exact Online', 'Nederland');
    await shoot(page, '03-connect');
    await button(page, 'Koppelen met Exact Online').click();
    await logInAtExact(page);
    await shoot(page, '04-exact-consent');
  });

  it('offers another try after the consent was refused', async () => {
    await button(page, 'Weigeren').click();
    await page.getByRole('alert').waitFor();
    await shoot(page, '05-consent-refused');
    await link(page, 'Opnieuw koppelen').click();
    await button(page, 'Koppelen met Exact Online').click();
    // Exact still knows the user and only asks for consent again.
    await consentAtExact(page);
    await heading(page, 'Welke administraties wilt u koppelen?').waitFor();
  });

  it('lists the administrations and says why one cannot be coupled', async () => {
    await page.getByText('5 administraties').waitFor();
    const row = page.getByRole('row', { name: /t\/m 2019/ });
    await row.getByText('Gearchiveerd').waitFor();
    await page.getByText('Een gearchiveerde administratie is alleen te lezen.').waitFor();
    expect(await row.getByRole('checkbox').count()).toBe(0);
    await shoot(page, '06-select');
  });

  it('finds an administration by its name and by its number', async () => {
    const search = page.getByLabel('Zoeken op naam, KvK of nummer');
    await search.fill('renovatie');
    await expect.poll(() => page.getByRole('checkbox').count()).toBe(2);
    expect(new URL(page.url()).searchParams.get('zoek')).toBe('renovatie');
    await search.fill('10000017');
    await tick('Van Dijk Materieel B.V.').waitFor();
    await search.fill('bestaat niet');
    await page.getByText('Niets gevonden voor deze zoekopdracht.').waitFor();
    await search.fill('');
    await expect.poll(() => page.getByRole('checkbox').count()).toBe(5);
  });

  it('goes on with exactly what is ticked', async () => {
    expect(await button(page, 'Volgende').isDisabled()).toBe(true);
    await page.getByText('Vink eerst een of meer administraties aan.').waitFor();
    await page.getByRole('checkbox', { name: 'Alles selecteren' }).check();
    await page.getByText('4 administraties gekozen').waitFor();
    await tick('Van Dijk Vastgoed B.V.').uncheck();
    await page.getByText('3 administraties gekozen').waitFor();
    await button(page, 'Volgende').click();
    await heading(page, 'Zo gaat Koppel te werk').waitFor();
    await expect.poll(() => page.getByLabel(/^Administratiecode van/).count()).toBe(3);
    await link(page, /Selecteren/).click();
    await tick('Van Dijk Vastgoed B.V.').check();
    await button(page, 'Volgende').click();
    await expect.poll(() => page.getByLabel(/^Administratiecode van/).count()).toBe(4);
  });

  it('checks a code while it is typed: shape, zeros, and taken', async () => {
    const code = codeOf('Van Dijk Bouw B.V.');
    await page.getByText('Kies eerst hoe contacten worden behandeld.').waitFor();
    await page.getByRole('radio', { name: 'Automatisch' }).check();
    await code.fill('12');
    await page.getByText('Precies drie cijfers, bijvoorbeeld 007').waitFor();
    await code.fill('000');
    await page.getByText('000 kan niet; begin bij 001').waitFor();
    await code.fill(await codeOf('Van Dijk Vastgoed B.V.').inputValue());
    await page.getByText('Al in gebruik bij Van Dijk Vastgoed B.V.').waitFor();
    await page.getByText('Niet elke administratie heeft een bruikbare code.').waitFor();
    await shoot(page, '07-configure-taken');
    expect(await button(page, 'Synchroniseren').isDisabled()).toBe(true);
    await code.fill('007');
    await page.getByText('Bevestig eerst dat contacten met rust worden gelaten.').waitFor();
  });

  it('keeps what was saved for another browser', async () => {
    await button(page, 'Bewaren').click();
    await page.getByText('Bewaard. U kunt later verder gaan.').waitFor();
    const elsewhere = await newVisitor(browser, { url: product.url });
    await signIn(elsewhere);
    await link(elsewhere, 'Verder gaan').click();
    await heading(elsewhere, 'Zo gaat Koppel te werk').waitFor();
    const field = elsewhere.getByRole('textbox', { name: 'Administratiecode van Van Dijk Bouw B.V.' });
    await expect.poll(() => field.inputValue()).toBe('007');
    expect(await elsewhere.getByRole('radio', { name: 'Automatisch' }).isChecked()).toBe(true);
    await elsewhere.context().close();
  });

  it('freezes contacts after the confirmation and shows how far it is, also after a reload', async () => {
    // Holds one administration's answers back, so that there is something to come back to.
    await exact.plantFault({ kind: 'slow', ms: slowMs, times: 0, match: { division: heldDivision } });
    await page.getByRole('checkbox', { name: /contacten/i }).check();
    await button(page, 'Synchroniseren').click();
    await heading(page, 'Ophalen en vergelijken').waitFor();
    await page.getByRole('heading', { name: 'Gegevens ophalen uit Exact Online' }).waitFor();
    await page.getByText('Contacten staan vast.').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Gegevens ophalen uit Exact Online' }).waitFor();
    await shoot(page, '08-progress');
    await link(page, 'Overzicht').click();
    await heading(page, 'Overzicht').waitFor();
    await page.getByText('Contacten staan vast.').waitFor();
    await shoot(page, '09-overview-busy');
  });

  it('is seen to the end in another browser while the first one is elsewhere', async () => {
    const elsewhere = await newVisitor(browser, { url: product.url });
    await signIn(elsewhere);
    await elsewhere.goto('/koppelen');
    await heading(elsewhere, 'Ophalen en vergelijken').waitFor();
    await exact.removeFaults();
    await elsewhere
      .getByRole('heading', { name: 'Klaar: alles is opgehaald en vergeleken' })
      .waitFor({ timeout: 120_000 });
    await elsewhere.context().close();
    await page.goto('/koppelen');
    await page.getByRole('heading', { name: 'Klaar: alles is opgehaald en vergeleken' }).waitFor();
    await shoot(page, '10-progress-done');
  });

  it('lists what could not be processed, with ways out, and leads back to the step', async () => {
    await link(page, /Meldingen/).click();
    await heading(page, 'Meldingen').waitFor();
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await shoot(page, '11-issues');
    const file = page.waitForEvent('download');
    await link(page, 'CSV').click();
    expect((await file).suggestedFilename()).toBe('meldingen.csv');
    await link(page, 'Verder met koppelen').first().click();
    await heading(page, 'Ophalen en vergelijken').waitFor();
    await button(page, 'Verder').click();
    await heading(page, 'Matchen').waitFor();
  });

  it('decides a pair by keys alone, with a leading value of the second record', async () => {
    const [field] = await match.seekChoice();
    await field.getByRole('radio').nth(0).waitFor();
    await page.keyboard.press('2');
    await expect.poll(() => field.getByRole('radio').nth(1).isChecked()).toBe(true);
    await shoot(page, '12-match');
    const before = await match.decided();
    await match.decide('a');
    await page.getByText('Samengevoegd.').waitFor();
    expect(await match.decided()).toBe(before + 1);
  });

  it('takes a decision back with Z and asks the same pair again', async () => {
    const before = await match.decided();
    const asked = match.currentId();
    await match.decide('n');
    expect(await match.decided()).toBe(before + 1);
    await page.keyboard.press('z');
    await page.getByText('Beslissing ongedaan gemaakt.').waitFor();
    await expect.poll(() => match.decided()).toBe(before);
    await expect.poll(() => match.currentId()).toBe(asked);
    await match.decide('n');
  });

  it('finds its decisions back after a reload, and may go on with pairs undecided', async () => {
    const before = await match.decided();
    await page.reload();
    await expect.poll(() => match.decided()).toBe(before);
    await page.getByText('Wat nog open staat mag wachten').waitFor();
    await button(page, 'Verder naar instellingen').click();
    await heading(page, 'Instellingen per administratie').waitFor();
  });

  it('accepts the suggested settings of every administration', async () => {
    const tabs = page
      .getByRole('navigation', { name: 'Administraties' })
      .getByRole('link', { name: /Van Dijk/ });
    await tabs.first().waitFor();
    await shoot(page, '13-settings');
    for (const tab of await tabs.all()) {
      await tab.click();
      await button(page, /voorstel(len)? overnemen/).click();
      await button(page, 'Opslaan').click();
      await page.getByText('Compleet', { exact: true }).waitFor();
      await dismissToast(page, 'Opgeslagen.');
    }
    await shoot(page, '14-settings-complete');
  });

  it('goes along with the first administration, and keeps a field of one administration to itself', async () => {
    const administrations = page.getByRole('navigation', { name: 'Administraties' });
    const kinds = page.getByRole('navigation', { name: 'Soorten instellingen' });
    await administrations
      .getByRole('link', { name: /Van Dijk/ })
      .nth(1)
      .click();
    await kinds.getByRole('link', { name: /Btw/ }).click();
    await page
      .getByText(/^Overgenomen van Van Dijk/)
      .first()
      .waitFor();
    await kinds.getByRole('link', { name: /Terugschrijven/ }).click();
    await page.getByRole('checkbox', { name: 'Telefoon' }).check();
    await button(page, 'Opslaan').click();
    await dismissToast(page, 'Opgeslagen.');
    await administrations.getByRole('link', { name: 'Naast elkaar' }).click();
    await page.getByRole('checkbox', { name: 'Alleen wat verschilt of ontbreekt' }).check();
    await page.getByRole('cell', { name: 'Telefoon wijkt af' }).waitFor();
    await shoot(page, '14-settings-side-by-side');
    await link(page, 'Verder naar afronden').click();
  });

  it('reads first what changed in Exact when that was last done hours ago, and follows it after a reload', async () => {
    await heading(page, 'Laatste controle').waitFor();
    const readFirst = page.getByRole('heading', { name: 'Eerst ophalen wat er is gewijzigd' });
    await readLongAgo(product.databaseUrl, 5);
    await page.reload();
    await readFirst.waitFor();
    await page.getByText('5 uur geleden').waitFor();
    await page.getByRole('radio', { name: /Bijwerken/ }).check();
    await page.getByText('Haal eerst op wat er in Exact Online is gewijzigd.').waitFor();
    await shoot(page, '15-finish-read-first');
    await exact.plantFault({ kind: 'slow', ms: slowMs, times: 0 });
    await button(page, 'Wijzigingen ophalen').click();
    await page.getByRole('progressbar').first().waitFor();
    await page.reload();
    await page.getByRole('progressbar').first().waitFor();
    expect(await button(page, 'Wijzigingen ophalen').isDisabled()).toBe(true);
    await shoot(page, '15-finish-reading');
    await exact.removeFaults();
    await readFirst.waitFor({ state: 'hidden' });
    await page.reload();
  });

  it('shows what it would write into Exact, leaves that alone when asked to, and becomes active', async () => {
    await heading(page, 'Laatste controle').waitFor();
    await page.getByText('Kies eerst wat er met de verschillen gebeurt.').waitFor();
    await page.getByText('Bekijk de wijzigingen').click();
    await page.getByRole('columnheader', { name: 'Nu in Exact' }).waitFor();
    await shoot(page, '15-finish');
    await exact.clearJournal();
    await page.getByRole('radio', { name: /Laten zoals het is/ }).check();
    await button(page, 'Koppeling activeren').click();
    await heading(page, 'Overzicht').waitFor();
    await expect.poll(() => page.getByText('Contacten staan vast.').count()).toBe(0);
    expect((await exact.journal()).filter(({ kind, method }) => kind === 'api' && method !== 'GET')).toEqual(
      [],
    );
  });

  it('shows four administrations in step once the issues are dealt with', async () => {
    await page.getByText('dubbelen binnen één administratie').waitFor();
    expect(await page.getByText('overige meldingen').count()).toBe(0); // the doubles are told once
    await shoot(page, '16-overview-waiting');
    await link(page, /Meldingen/)
      .first()
      .click();
    await ignoreAllIssues(page, 'Dubbelen ruimen we in de winter op');
    await shoot(page, '17-issues-done');
    await link(page, 'Overzicht').click();
    const cards = page.getByRole('region', { name: 'Administraties' });
    await expect.poll(() => cards.getByText('In de pas', { exact: true }).count()).toBe(4);
    await shoot(page, '18-overview-in-step');
  });

  it('has shown no fault of the page itself', () => {
    expect(troublesOf(page)).toEqual([]);
  });
});
