import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { launchBrowser } from '@koppel/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { seriousFindings } from './support/accessibility.js';
import { ensureCoupled } from './support/coupled.js';
import { button, heading, signIn } from './support/portal.js';
import { shoot } from './support/shots.js';
import { newVisitor, troublesOf } from './support/visitor.js';

const { url } = inject('product');
const received: string[] = [];
/** Answers go out once the page has shown that they are waited for. */
const answering = Promise.withResolvers<void>();
let receiver: Server;
let address: string;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  await ensureCoupled(url);
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      received.push(body);
      void answering.promise.then(() => response.writeHead(204).end());
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  browser = await launchBrowser();
  page = await newVisitor(browser, { url });
  await signIn(page);
  await page.goto('/beheer#webhooks');
  await heading(page, 'Beheer').waitFor();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await shoot(page, 'failed-webhooks');
});
afterAll(async () => {
  await browser?.close();
  receiver?.closeAllConnections();
  await new Promise((resolve) => receiver?.close(resolve));
});

const secret = () => page.locator('kp-secret-once code');
const log = () => page.getByRole('list', { name: 'Berichten', exact: true });

describe('a webhook', () => {
  it('is added, and its secret is shown once', async () => {
    await button(page, 'Webhook toevoegen').click();
    await page.getByRole('dialog').getByLabel(/Adres/).fill(address);
    await button(page, 'Opslaan').click();
    await secret().waitFor();
    expect(await secret().innerText()).toMatch(/^whsec_/);
    await button(page, 'Klaar').click();
    await page.reload();
    await page.getByRole('group', { name: address }).waitFor();
    expect(await secret().count()).toBe(0);
  });

  it('gets a test, and the page shows by itself that it was taken', async () => {
    await page.getByRole('group', { name: address }).getByRole('button', { name: 'Testbericht' }).click();
    // The first one: something else may be told of just then.
    await log().getByText('Wacht').first().waitFor();
    answering.resolve();
    await log().getByText('Aangenomen').first().waitFor();
    expect(received.map((body) => JSON.parse(body) as object)).toContainEqual(
      expect.objectContaining({ type: 'webhook.ping' }),
    );
    await page.locator('kp-last-delivery').getByText('Aangenomen').waitFor();
  });

  it.each([1440, 390])(
    'is shown with its messages without faults of accessibility at %d wide',
    async (width) => {
      await page.setViewportSize({ width, height: 900 });
      await page.locator('kp-replay-range').scrollIntoViewIfNeeded();
      await shoot(page, `webhooks-${width}`);
      expect(await seriousFindings(page)).toEqual([]);
      await page.setViewportSize({ width: 1440, height: 900 });
    },
  );

  it('is removed', async () => {
    await page.getByRole('group', { name: address }).getByRole('button', { name: 'Verwijderen' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Verwijderen' }).click();
    await page.getByRole('group', { name: address }).waitFor({ state: 'detached' });
  });

  it('has shown no fault of the page itself', () => {
    expect(troublesOf(page)).toEqual([]);
  });
});
