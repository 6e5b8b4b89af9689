import { launchBrowser } from '@koppel/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { ensureCoupled } from './support/coupled.js';
import { MatchBoard } from './support/match-board.js';
import { button, heading, people, signIn } from './support/portal.js';
import { rawCall } from './support/raw-call.js';
import { shoot } from './support/shots.js';
import { newVisitor, troublesOf } from './support/visitor.js';

const { url } = inject('product');
let browser: Browser;
let viewer: Page;
let reviewer: Page;
let admin: Page;
beforeAll(async () => {
  await ensureCoupled(url);
  browser = await launchBrowser();
  [viewer, reviewer, admin] = await Promise.all([
    newVisitor(browser, { url }),
    newVisitor(browser, { url }),
    newVisitor(browser, { url }),
  ]);
  await signIn(viewer, people.viewer);
  await signIn(reviewer, people.reviewer);
  await signIn(admin);
});
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  for (const [name, page] of Object.entries({ viewer, reviewer, admin }))
    await shoot(page, `failed-roles-${name}`);
});
afterAll(() => browser?.close());

const open = async (page: Page, address: string, name: string): Promise<void> => {
  await page.goto(address);
  await heading(page, name).waitFor();
  await page.locator('kp-skeleton').first().waitFor({ state: 'detached' });
};

/** Opens the first listed relation of so many records at least. */
async function openRelationOf(page: Page, records: number): Promise<void> {
  await open(page, '/relaties?gekoppeld=meer', 'Relaties');
  const rows = await page.getByRole('row').count();
  for (let row = 1; row < rows; row += 1) {
    await page.getByRole('row').nth(row).getByRole('link').first().click();
    await page.getByRole('heading', { name: 'Records in Exact Online' }).waitFor();
    if ((await button(page, 'Loskoppelen').count()) >= records) return;
    await open(page, '/relaties?gekoppeld=meer', 'Relaties');
  }
  throw new Error(`no relation of ${records} records is listed`);
}

describe('a viewer', () => {
  it('sees the pairs and their reasons, and decides nothing, by key neither', async () => {
    const board = new MatchBoard(viewer);
    await open(viewer, '/matchen', 'Matchen');
    await viewer.getByText('U kunt meekijken').waitFor();
    await viewer.getByRole('heading', { name: 'Waarom dit paar' }).waitFor();
    expect(await button(viewer, /^Zelfde/).count()).toBe(0);
    expect(await button(viewer, /^Alles boven een kans/).count()).toBe(0);
    const [before, shown] = [await board.decided(), board.currentId()];
    for (const key of ['a', 'n', 'u', 's', 'z']) await viewer.keyboard.press(key);
    expect(board.currentId()).toBe(shown);
    expect(await board.decided()).toBe(before);
    expect(
      await rawCall(viewer, 'POST', `/proposals/${shown}/decision`, { version: 1, verdict: 'same' }),
    ).toMatchObject({ status: 403, kind: 'not-allowed' });
  });

  it('sees a relation with its history and cannot change it, and is told why', async () => {
    await open(viewer, '/relaties?gekoppeld=meer', 'Relaties');
    await viewer.getByRole('row').nth(1).getByRole('link').first().click();
    await viewer.getByRole('heading', { name: 'Records in Exact Online' }).waitFor();
    await viewer.getByText('Uw rol staat wijzigen niet toe.').waitFor();
    expect(await button(viewer, 'Bewerken').isDisabled()).toBe(true);
    for (const name of ['Loskoppelen', /Ongedaan maken/]) expect(await button(viewer, name).count()).toBe(0);
  });

  it('can read why the records of a relation are one, also where nobody was asked', async () => {
    await button(viewer, 'Waarom is dit één relatie?').click();
    await viewer.getByText('Elk record naast het record waar het het best bij past').waitFor();
    const evidence = viewer.locator('kp-why-one kp-evidence').first();
    await evidence.getByText('zelfde', { exact: false }).first().waitFor();
    expect(await evidence.getByRole('heading', { name: 'Waarom dit paar' }).count()).toBe(0);
    await shoot(viewer, 'why-one');
  });

  it.each([
    ['/overzicht', 'Overzicht', 'Nu synchroniseren'],
    ['/geschiedenis', 'Geschiedenis', /Ongedaan maken/],
    ['/meldingen', 'Meldingen', /negeren/],
    ['/instellingen', 'Instellingen per administratie', 'Opslaan'],
  ])('finds nothing to press at %s', async (address, name, action) => {
    await open(viewer, address, name);
    const offered = await button(viewer, action).all();
    expect(await Promise.all(offered.map((each) => each.isDisabled()))).not.toContain(false);
  });
});

describe('a reviewer', () => {
  it('reads anew why records are one once one of them is unlinked, and once that is taken back', async () => {
    await openRelationOf(reviewer, 3);
    await button(reviewer, 'Waarom is dit één relatie?').click();
    const pairs = reviewer.locator('kp-why-one kp-evidence');
    await pairs.first().waitFor();
    const [before, records] = [await pairs.count(), await button(reviewer, 'Loskoppelen').count()];
    expect(before).toBe(records - 1);
    await button(reviewer, 'Loskoppelen').last().click();
    await reviewer.getByRole('dialog').getByRole('button', { name: 'Loskoppelen' }).click();
    await reviewer.getByText('Losgekoppeld.').waitFor();
    await expect.poll(() => pairs.count()).toBe(before - 1);
    await button(reviewer, 'Ongedaan maken').first().click();
    await expect.poll(() => pairs.count()).toBe(before);
  });

  it('decides and takes back, and leaves settings and management to an administrator', async () => {
    const board = new MatchBoard(reviewer);
    await open(reviewer, '/matchen', 'Matchen');
    const before = await board.decided();
    await board.decide('n');
    await expect.poll(() => board.decided()).toBe(before + 1);
    await reviewer.keyboard.press('z');
    await reviewer.getByText('Beslissing ongedaan gemaakt.').waitFor();
    await open(reviewer, '/instellingen', 'Instellingen per administratie');
    expect(await reviewer.getByRole('combobox', { disabled: false }).count()).toBe(0);
    await open(reviewer, '/beheer', 'Beheer');
    expect(await button(reviewer, /Acties voor/).count()).toBe(0);
    expect(await button(reviewer, /sleutel/i).count()).toBe(0);
    expect(await rawCall(reviewer, 'PUT', '/coupling/resync-interval', { minutes: 60 })).toMatchObject({
      status: 403,
    });
  });
});

describe('undoing what somebody else has just undone', () => {
  it('is refused beside the act, with who did it, and changes nothing', async () => {
    const board = new MatchBoard(admin);
    await open(admin, '/matchen', 'Matchen');
    await board.decide('n');
    await Promise.all([
      open(admin, '/geschiedenis', 'Geschiedenis'),
      open(reviewer, '/geschiedenis', 'Geschiedenis'),
    ]);
    const latestOf = (page: Page) => page.getByRole('main').getByRole('listitem').first();
    await latestOf(admin).getByText('Anneke van Dijk').waitFor();
    await latestOf(reviewer).getByText('Anneke van Dijk').waitFor();

    await latestOf(admin)
      .getByRole('button', { name: /Ongedaan maken/ })
      .click();
    await admin.getByText('Ongedaan gemaakt.', { exact: true }).waitFor();
    await latestOf(reviewer)
      .getByRole('button', { name: /Ongedaan maken/ })
      .click();
    await reviewer.getByText(/Anneke van Dijk heeft dit al ongedaan gemaakt/).waitFor();
    await shoot(reviewer, '31-second-undo');
  });

  it('by two browsers at once happens once', async () => {
    const { body } = await rawCall(admin, 'GET', '/actions?limit=50');
    const { id } = (body as { items: { id: string; isUndoable: boolean }[] }).items.find(
      ({ isUndoable }) => isUndoable,
    )!; // automatic merges can be undone
    const answers = await Promise.all(
      [admin, reviewer].map((page) => rawCall(page, 'POST', `/actions/${id}/undo`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.kind).toBe('already-undone');
  });
});

describe('an issue that was ignored', () => {
  const ignoreFirst = async (page: Page): Promise<void> => {
    await open(page, '/meldingen', 'Meldingen');
    await button(page, 'Meer uitwegen').first().click();
    await page.getByRole('menuitem', { name: 'Negeren' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reden').fill('Bekend bij de accountant');
    await dialog.getByRole('button', { name: 'Negeren' }).click();
    await page.getByText(/1 melding genegeerd/).waitFor();
  };

  it('is open again by the undo of its message, and from the list of ignored ones', async () => {
    await ignoreFirst(reviewer);
    await reviewer.getByRole('button', { name: 'Ongedaan maken' }).click();
    await reviewer.getByText('Heropend. De melding staat weer bij Open.').waitFor();

    await ignoreFirst(reviewer);
    await open(reviewer, '/meldingen?status=ignored', 'Meldingen');
    const mine = reviewer.locator('kp-issue').filter({ hasText: 'Bekend bij de accountant' });
    await mine.getByRole('button', { name: /Heropenen/ }).click();
    await mine.waitFor({ state: 'detached' });
  });

  it('stands in the history with who did it and why, and is undone from there', async () => {
    await ignoreFirst(reviewer);
    await open(reviewer, '/geschiedenis', 'Geschiedenis');
    const act = reviewer.getByRole('main').getByRole('listitem').first();
    await act
      .getByText(/Genegeerd: /)
      .first()
      .waitFor();
    await act.getByText('Bekend bij de accountant').waitFor();
    await act.getByRole('button', { name: /Ongedaan maken/ }).click();
    await reviewer
      .getByRole('main')
      .getByRole('listitem')
      .first()
      .getByText(/Heropend: /)
      .first()
      .waitFor();
    await shoot(reviewer, '34-history-issues');
  });
});

describe('all issues of a cause that were ignored', () => {
  const ignoreAll = async (page: Page): Promise<void> => {
    await open(page, '/meldingen', 'Meldingen');
    await button(page, /^Alle negeren/)
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reden').fill('Allemaal bekend');
    await dialog.getByRole('button', { name: 'Negeren' }).click();
    await page.getByText(/meldingen genegeerd/).waitFor();
  };

  it('are open again by the undo of the message, and as one from history', async () => {
    await ignoreAll(reviewer);
    await reviewer.getByRole('button', { name: 'Ongedaan maken' }).click();
    await reviewer.getByText(/meldingen staan weer bij Open/).waitFor();

    await ignoreAll(reviewer);
    await open(reviewer, '/geschiedenis', 'Geschiedenis');
    const line = reviewer.getByRole('main').locator('kp-action-batch').first();
    await line.getByText(/meldingen in één keer genegeerd/).waitFor();
    await line.getByText('Allemaal bekend').waitFor();
    await line.getByRole('button', { name: 'Alles ongedaan maken' }).click();
    const dialog = reviewer.getByRole('dialog');
    await dialog.getByText(/genegeerde meldingen staan daarna weer bij Open/).waitFor();
    await dialog.getByRole('button', { name: 'Ongedaan maken' }).click();
    await line.getByText(/meldingen in één keer heropend/).waitFor();
    await shoot(reviewer, '34-history-issue-batch');
  });
});

describe('settings that were not saved', () => {
  it('stay while one looks elsewhere on the page, and are asked about before it is left', async () => {
    await open(admin, '/instellingen?soort=terugschrijven', 'Instellingen per administratie');
    const phone = admin.getByRole('checkbox', { name: 'Telefoon' });
    const wasTicked = await phone.isChecked();
    await phone.click();
    await admin.getByRole('link', { name: /Btw/ }).click();
    await admin.getByRole('link', { name: /Naast elkaar/ }).click();
    await admin.getByRole('checkbox', { name: 'Alleen wat verschilt of ontbreekt' }).waitFor();
    await admin.getByRole('link', { name: /Nog niet opgeslagen/ }).click();
    await admin.getByRole('link', { name: /Terugschrijven/ }).click();
    expect(await phone.isChecked()).toBe(!wasTicked);

    const away = admin.getByRole('link', { name: 'Relaties' }).first();
    await away.click();
    await admin.getByRole('dialog').getByRole('button', { name: 'Annuleren' }).click();
    expect(await phone.isChecked()).toBe(!wasTicked);
    await button(admin, 'Opslaan').click();
    await admin.getByText('Opgeslagen.').waitFor();
    await away.click();
    await heading(admin, 'Relaties').waitFor();

    await open(admin, '/geschiedenis', 'Geschiedenis');
    const act = admin.getByRole('main').getByRole('listitem').first();
    await act.getByText(/Terugschrijven naar .* gewijzigd/).waitFor();
    await act.getByText('Anneke van Dijk').waitFor();

    // As it was: other journeys count on phone numbers that spread.
    await open(admin, '/instellingen?soort=terugschrijven', 'Instellingen per administratie');
    await phone.click();
    await button(admin, 'Opslaan').click();
    await admin.getByText('Opgeslagen.').waitFor();
    expect(await phone.isChecked()).toBe(wasTicked);
  });
});

describe('accepting all pairs above a chance', () => {
  let before: number;
  let pairs: number;

  it('shows how many, how many errors to expect, and a sample that must be looked at', async () => {
    const board = new MatchBoard(admin);
    await open(admin, '/matchen', 'Matchen');
    before = await board.decided();
    await button(admin, /^Alles boven een kans/).click();
    const dialog = admin.getByRole('dialog');
    await dialog.getByText('paren worden samengevoegd').waitFor();
    await dialog.getByText('vermoedelijk niet dezelfde').waitFor();
    pairs = Number(await dialog.getByRole('definition').first().innerText());
    expect(pairs).toBeGreaterThan(1);
    expect(await dialog.getByRole('listitem').count()).toBe(Math.min(10, pairs));
    await dialog.getByText('Bekijk eerst de steekproef.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Samenvoegen' }).isDisabled()).toBe(true);
    await shoot(admin, '32-accept-all');
  });

  it('merges them, and takes all of them back by one undo', async () => {
    const board = new MatchBoard(admin);
    const dialog = admin.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: 'Ik heb de steekproef bekeken' }).check();
    await dialog.getByRole('button', { name: 'Samenvoegen' }).click();
    await dialog.waitFor({ state: 'hidden', timeout: 120_000 });
    await admin.getByText(/\d+ paren samengevoegd\./).waitFor();
    await expect.poll(() => board.decided()).toBeGreaterThan(before);
    await admin.getByRole('button', { name: 'Ongedaan maken' }).click();
    await admin.getByText(/\d+ samenvoegingen ongedaan gemaakt\./).waitFor({ timeout: 120_000 });
    await expect.poll(() => board.decided()).toBe(before);
  });

  it('stands in the history as one act, which says that it was undone', async () => {
    await open(admin, '/geschiedenis', 'Geschiedenis');
    const act = admin.getByRole('main').getByRole('listitem').filter({ hasText: 'in één keer samengevoegd' });
    await act.first().getByText('Ongedaan gemaakt', { exact: true }).waitFor();
    await shoot(admin, '33-history-batch');
  });

  it('has shown no fault of the pages themselves', () => {
    expect([viewer, reviewer, admin].flatMap((page) => troublesOf(page))).toEqual([]);
  });
});
