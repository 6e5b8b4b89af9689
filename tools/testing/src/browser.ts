import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { bundledChromium, type Program } from './bundled-chromium.js';

const installedAt = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Starts a real Chromium without a window: the one at CHROMIUM_PATH, else an installed one, else the one that npm brings (Linux on x64).
 * Throws with what each of them said when none starts. The caller closes it.
 */
export async function launchBrowser(): Promise<Browser> {
  const failures: unknown[] = [];
  const given = process.env['CHROMIUM_PATH'];
  for (const executablePath of given ? [given] : installedAt.filter((file) => existsSync(file))) {
    try {
      return await launch({ executablePath });
    } catch (error) {
      failures.push(error);
    }
  }
  if (given !== undefined || process.platform !== 'linux' || process.arch !== 'x64') {
    throw new AggregateError(
      failures,
      'no Chromium could be started: install Chromium or Chrome, or set CHROMIUM_PATH',
    );
  }
  return launch(await bundledChromium());
}

/** Chromium's own sandbox needs privileges that containers and root lack; it only ever opens our own pages here. */
function launch({ executablePath, env }: Program): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'];
  return chromium.launch({ executablePath, args, ...(env && { env: { ...definedEnvironment(), ...env } }) });
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
