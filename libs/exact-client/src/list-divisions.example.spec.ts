import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { consentByForms, DEMO_CLIENT, startSandbox } from '@koppel/exact-sandbox';
import { expect, it } from 'vitest';

const example = fileURLToPath(new URL('../examples/list-divisions.mjs', import.meta.url));

/** Runs the built package, as its user would: `tsc -b libs/exact-client` comes first. */
it("the README's example lists the administrations of the user", async () => {
  const sandbox = await startSandbox({ world: { seed: 7, divisions: 3, relations: 20 } });
  const { clientId, clientSecret } = DEMO_CLIENT;
  const args = [
    '--base-url',
    sandbox.url,
    '--client-id',
    clientId,
    '--client-secret',
    clientSecret,
    '--port',
    '0',
  ];
  const child = spawn(process.execPath, [example, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (!line.startsWith('Open ')) continue;
      const steps = { username: 'anna@bouwgroep-demo.nl', password: 'demo' };
      await fetch(await consentByForms({ authoriseUrl: line.slice('Open '.length), ...steps }));
    }
    if (child.exitCode === null) await once(child, 'exit');

    expect(child.exitCode).toBe(0);
    expect(lines.slice(1).filter((line) => /^\d+ active \S/.test(line))).toHaveLength(3);
  } finally {
    child.kill();
    await sandbox.stop();
  }
});
