import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from './checks.js';
import { tallyFileVariable } from './reporter.js';
import type { Tally } from './tally.js';

// Inside the project, so that the planted specs find vitest.
const folder = mkdtempSync(path.join(root, 'tools/testing/dist/planted-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A real Vitest run over planted spec files. */
function runPlanted(files: Record<string, string>): { tally: Tally; stdout: string } {
  const home = mkdtempSync(path.join(folder, 'run-'));
  for (const [name, body] of Object.entries(files))
    writeFileSync(
      path.join(home, name),
      `import { beforeAll, describe, expect, it } from 'vitest';\n${body}`,
    );
  const tallyFile = path.join(home, 'tally.json');
  const reporter = path.join(root, 'tools/testing/dist/reporter.js');
  writeFileSync(path.join(home, 'vitest.config.js'), 'export default {};');
  const args = ['run', '--root', home, `--reporter=${reporter}`];
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const run = spawnSync(process.execPath, [vitest, ...args], {
    env: { ...process.env, [tallyFileVariable]: tallyFile },
    encoding: 'utf8',
  });
  return { tally: JSON.parse(readFileSync(tallyFile, 'utf8')) as Tally, stdout: run.stdout };
}

describe('TallyReporter', () => {
  it('counts passes and failures and tells why a test was skipped', () => {
    const { tally, stdout } = runPlanted({
      'a.test.js': `it('adds', () => expect(1 + 1).toBe(2));
        it('errs', () => expect(1).toBe(2));
        it('waits', ({ skip }) => skip('the moon is down'));
        describe.skip('on Redis', () => { it('queues', () => expect(1).toBe(1)); });`,
    });

    expect(tally).toMatchObject({ passed: 1, failed: 1 });
    expect(tally.skipped).toEqual([
      { name: 'a.test.js > waits', reason: 'the moon is down' },
      {
        name: 'a.test.js > on Redis > queues',
        reason: expect.stringContaining('no Redis was found') as string,
      },
    ]);
    expect(stdout).not.toMatch(/^\s*Tests\s/m);
  });

  it('counts a file that cannot be loaded, a setup that fails and an error outside the tests as failures', () => {
    const { tally } = runPlanted({
      'broken.test.js': `throw new Error('cannot load');`,
      'setup.test.js': `describe('group', () => { beforeAll(() => { throw new Error('no setup'); }); it('never runs', () => expect(1).toBe(1)); });`,
      'loose.test.js': `it('passes', () => { setTimeout(() => { throw new Error('loose'); }, 0); return new Promise((done) => setTimeout(done, 20)); });`,
    });

    expect(tally).toMatchObject({ passed: 1, failed: 3 });
    expect(tally.skipped.map(({ reason }) => reason)).toEqual(['their setup failed']);
  });
});
