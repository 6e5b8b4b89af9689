import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getDashboardEndpoint, ignoreIssueEndpoint, listIssuesEndpoint } from '@koppel/contracts';
import { startProduct } from '@koppel/embedded';
import { launchBrowser } from '@koppel/testing';
import { ApiClient } from './api-client.js';
import { coupleAll } from './couple-all.js';
import { Photographer } from './photographer.js';

const email = 'admin@koppel.demo';
const password = 'koppel-demo';
const idleMaxMs = 120_000;
const before: Readonly<Record<string, string>> = {
  'voor-de-koppeling-overzicht': '/overzicht',
  'voor-de-koppeling-verbinden': '/koppelen/verbinden',
  'voor-de-koppeling-matchen': '/matchen',
  'voor-de-koppeling-relaties': '/relaties',
};
const pages: Readonly<Record<string, string>> = {
  overzicht: '/overzicht',
  'koppelen-verbinden': '/koppelen/verbinden',
  'koppelen-selecteren': '/koppelen/selecteren',
  'koppelen-configureren': '/koppelen/configureren',
  'koppelen-synchroniseren': '/koppelen/synchroniseren',
  'koppelen-matchen': '/koppelen/matchen',
  'koppelen-instellingen': '/koppelen/instellingen',
  'koppelen-afronden': '/koppelen/afronden',
  matchen: '/matchen',
  'matchen-dubbel': '/matchen?soort=dubbel',
  relaties: '/relaties?gekoppeld=meer',
  conflicten: '/conflicten',
  meldingen: '/meldingen',
  'meldingen-genegeerd': '/meldingen?status=ignored',
  instellingen: '/instellingen',
  'instellingen-naast-elkaar': '/instellingen?administratie=naast-elkaar',
  geschiedenis: '/geschiedenis',
  beheer: '/beheer',
  'niet-aangezet': '/niet-aangezet',
  'terug-van-exact': '/oauth/callback?state=onbekend&code=onbekend',
};

const root = path.resolve(import.meta.dirname, '../../..');
const folder = path.join(root, 'docs/screenshots');
await mkdir(folder, { recursive: true });
const product = await startProduct({ sandbox: {}, env: { SEED_DEMO: '1' } });
const browser = await launchBrowser();
try {
  const photographer = new Photographer(browser, { url: product.url, folder, email, password });
  await photographer.signInPage('inloggen');
  await photographer.pages(before);
  const api = new ApiClient(product.url);
  await coupleAll(api, {
    email,
    password,
    exact: { username: 'anna@bouwgroep-demo.nl', password: 'demo' },
    onStep: (text) => console.log(`• ${text}`),
  });
  await photographer.pages(pages);
  await photographer.firstOf('relatie', '/relaties?gekoppeld=meer', '^/relaties/[0-9a-f-]{36}');
  await photographer.firstOf('synchronisatie', '/beheer', '^/synchronisaties/');
  await photographer.acceptAll('matchen-alles');
  await ignoreIssues(api);
  await awaitIdle(api);
  await photographer.pages({ 'overzicht-in-de-pas': '/overzicht', 'meldingen-geen': '/meldingen' });
  await copyFile(path.join(folder, 'overzicht-in-de-pas-1440.png'), path.join(root, 'docs/portal.png'));
  console.log(`${photographer.count} pictures in docs/screenshots, and docs/portal.png`);
} finally {
  await browser.close();
  await product.stop();
}
process.exit(0);

/** What a person did after reading them: an overview in step is what the README shows. */
async function ignoreIssues(api: ApiClient): Promise<void> {
  const { items } = await api.call(listIssuesEndpoint, { query: { state: 'open', limit: 200 } });
  for (const { id, version } of items)
    await api.call(ignoreIssueEndpoint, { params: { id }, body: { version, reason: 'ruimen we later op' } });
}

/** Waits until nothing runs: a picture with "busy" on it says nothing of the product at rest. */
async function awaitIdle(api: ApiClient): Promise<void> {
  const deadline = performance.now() + idleMaxMs;
  while (performance.now() < deadline) {
    const { isActive, openRunId, administrations } = await api.call(getDashboardEndpoint);
    if (isActive && openRunId === null && administrations.every(({ health }) => health !== 'busy')) return;
    await sleep(500);
  }
  throw new Error('the coupling did not come to rest in time');
}
