import { launchBrowser } from '@koppel/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { ensureCoupled } from './support/coupled.js';
import { MatchBoard } from './support/match-board.js';
import { choose, heading, signIn } from './support/portal.js';
import { shoot } from './support/shots.js';
import { newVisitor, troublesOf } from './support/visitor.js';

const { url } = inject('product');
let browser: Browser;
let page: Page;
let board: MatchBoard;
beforeAll(async () => {
  await ensureCoupled(url);
  browser = await launchBrowser();
  page = await newVisitor(browser, { url });
  board = new MatchBoard(page);
  await signIn(page);
  await page.goto('/matchen');
  await heading(page, 'Matchen').waitFor();
  await board.seekChoice();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await shoot(page, 'failed-match-keys');
});
afterAll(() => browser?.close());

const press = (key: string) => page.keyboard.press(key);
const current = () => expect.poll(() => board.currentId());

describe('the keys of the match page', () => {
  it('J and K go to the next pair and back', async () => {
    const first = board.currentId();
    await press('j');
    await current().not.toBe(first);
    await press('k');
    await current().toBe(first);
  });

  it('the arrows choose a field, and the digits whose value leads there', async () => {
    const [first, second] = await board.seekChoice();
    await first.getByRole('radio').nth(1).waitFor();
    await press('2');
    await expect.poll(() => first.getByRole('radio').nth(1).isChecked()).toBe(true);
    await press('1');
    await expect.poll(() => first.getByRole('radio').nth(0).isChecked()).toBe(true);
    if (!second) return;
    await press('ArrowDown');
    await expect.poll(() => second.getAttribute('class')).toMatch(/is-focused/);
    await press('ArrowUp');
    await expect.poll(() => first.getAttribute('class')).toMatch(/is-focused/);
  });

  it('E shows and hides why', async () => {
    const why = page.getByRole('heading', { name: 'Waarom dit paar' });
    await why.waitFor();
    await press('e');
    await why.waitFor({ state: 'detached' });
    await press('e');
    await why.waitFor();
  });

  it.each([
    ['a', 'Samengevoegd.'],
    ['n', 'Niet dezelfde: wordt niet meer gevraagd.'],
    ['u', 'Voor later bewaard.'],
  ] as const)('%s decides, says so, and Z takes it back and shows the pair again', async (key, said) => {
    const [asked, before] = [board.currentId(), await board.decided()];
    await board.decide(key);
    await page.getByText(said).waitFor();
    expect(await board.decided()).toBe(before + 1);
    await press('z');
    await page.getByText('Beslissing ongedaan gemaakt.').waitFor();
    await current().toBe(asked);
    await expect.poll(() => board.decided()).toBe(before);
  });

  it('S takes a record out of a group, and undo puts it back', async () => {
    const split = page.getByRole('button', { name: /^Splitsen/ });
    for (let look = 0; look < 40 && !(await split.isVisible()); look += 1) {
      const before = board.currentId();
      await press('j');
      await current().not.toBe(before);
      await page.locator('.pane:not(.is-stale)').waitFor();
    }
    const records = page.getByRole('link', { name: /Openen in Exact/ });
    const before = await records.count();
    await press('s');
    const dialog = page.getByRole('dialog', { name: 'Een record uit de groep halen' });
    await dialog.getByRole('radio').last().check();
    await shoot(page, '34-split');
    await dialog.getByRole('button', { name: 'Loskoppelen' }).click();
    await page.getByText('Losgekoppeld.').waitFor();
    await expect.poll(() => records.count()).toBeLessThan(before);
    await page.getByRole('button', { name: 'Ongedaan maken' }).last().click();
    await page.getByText('Ongedaan gemaakt.', { exact: true }).waitFor();
  });

  it('/ searches, and what is typed there decides nothing', async () => {
    const [before, asked] = [await board.decided(), board.currentId()];
    await press('/');
    const search = page.getByLabel('Zoeken op naam');
    await page.locator('input[type=search]:focus').waitFor();
    await page.keyboard.type('anu');
    expect(await search.inputValue()).toBe('anu');
    expect(await board.decided()).toBe(before);
    await search.fill('');
    await current().toBe(asked);
  });

  it('? shows them all, and no key decides behind that', async () => {
    await page.locator('h1').click();
    const before = await board.decided();
    await press('?');
    const help = page.getByRole('dialog', { name: 'Toetsen' });
    await help.waitFor();
    const keys = await help.locator('kbd').allInnerTexts();
    expect(keys).toEqual(expect.arrayContaining(['J', 'K', 'A', 'N', 'U', 'S', 'E', 'Z', '/', '?']));
    await press('a');
    expect(await board.decided()).toBe(before);
    await press('Escape');
    await help.waitFor({ state: 'hidden' });
  });

  it('a reason that the address asks for can be seen and chosen away, and does not outlive another status', async () => {
    const reason = page.getByRole('combobox', { name: 'Reden' });
    const asked = () => new URL(page.url()).searchParams.get('reden');
    await page.goto('/matchen?reden=al-beslist');
    await reason.getByText('al-beslist (0)').waitFor();
    await choose(page, 'Status', 'Voor later');
    await expect.poll(asked).toBeNull();
    await page.goto('/matchen?reden=al-beslist');
    await choose(page, 'Reden', /^Alle$/);
    await expect.poll(asked).toBeNull();
  });

  it('what answers set aside is a list of its own, with its number, and leaves the number decided as it is', async () => {
    await page.goto('/matchen');
    const before = await board.decided();
    await choose(page, 'Status', 'Opzij gezet (0)');
    await expect.poll(() => new URL(page.url()).searchParams.get('status')).toBe('aside');
    await shoot(page, 'match-set-aside');
    expect(await board.decided()).toBe(before);
  });

  it('have shown no fault of the page itself', () => {
    expect(troublesOf(page)).toEqual([]);
  });
});
