import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HerdMember } from './herd-member.js';

const lives = "process.send('ready'); setInterval(() => undefined, 1_000);";
const endsWell = "process.on('SIGTERM', () => process.exit(0));";

describe('one of a herd', () => {
  let folder: string;
  let member: HerdMember | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'koppel-herd-'));
  });
  afterEach(async () => {
    await member?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function aMember(
    source: string,
    onLine: (line: string) => void = () => undefined,
  ): Promise<HerdMember> {
    const module = path.join(folder, 'member.mjs');
    await writeFile(module, source);
    member = new HerdMember({ name: 'lamb', module, env: {}, graceMs: 500, onLine }, 1);
    await member.start();
    return member;
  }

  it.each([
    [
      'an end that nobody asked for, even a good one',
      'setTimeout(() => process.exit(0), 50)',
      'ended with 0',
    ],
    ['a crash of the engine', 'setTimeout(() => process.abort(), 50)', 'ended with SIGABRT'],
    ['a kill by somebody else', "setTimeout(() => process.kill(process.pid, 'SIGKILL'), 50)", 'with SIGKILL'],
  ])('counts %s as a death', async (_what, source, death) => {
    const { deaths } = await aMember(`${lives} ${source};`);

    await expect.poll(() => deaths[0], { timeout: 10_000 }).toContain(death);
  });

  it('counts no end that was asked for, and lives again', async () => {
    const sheep = await aMember(`${endsWell} ${lives}`);

    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      sheep.signal(signal);
      await expect.poll(() => sheep.isReady, { timeout: 10_000 }).toBe(true);
    }

    expect(sheep.deaths).toEqual([]);
  });

  it('counts on nobody who was told to end, whatever it says then', async () => {
    const lines: string[] = [];
    const late = "process.on('SIGTERM', () => process.send('ready', () => console.log('said')));";
    const sheep = await aMember(`${late} ${lives}`, (line) => lines.push(line));

    sheep.signal('SIGTERM');
    await expect.poll(() => lines, { timeout: 10_000 }).toEqual(['said']);

    expect(sheep.isReady).toBe(false);
  });

  it('counts an ill end as a death, though it was told to end', async () => {
    const sheep = await aMember(`process.on('SIGTERM', () => process.exit(3)); ${lives}`);

    await sheep.stop();

    expect(sheep.deaths).toEqual([expect.stringContaining('ended with 3')]);
  });

  it('says so when it had to be killed in the end', async () => {
    const sheep = await aMember(`process.on('SIGTERM', () => console.log('not yet')); ${lives}`);

    await sheep.stop();

    expect(sheep.deaths).toEqual([
      expect.stringMatching(/^lamb-1 did not end within 500 ms and was killed: .*not yet$/),
    ]);
  });
});
