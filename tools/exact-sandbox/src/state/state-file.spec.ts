import { statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../start-sandbox.js';
import { RestartingSandbox } from '../testing/restarting-sandbox.js';

const DIVISION = 3412001;

let restarting: RestartingSandbox;
const create = (name: string): void => {
  restarting.now.edits.create({ division: DIVISION, entity: 'Accounts' }, { Name: name });
};
const names = ({ world }: Sandbox): readonly unknown[] =>
  [...(world.division(DIVISION)?.tables.Accounts.all() ?? [])].map(({ Name }) => Name).slice(40);

beforeEach(() => {
  restarting = new RestartingSandbox();
});
afterEach(() => restarting.remove());

describe('a state file', () => {
  it.each([
    ['was cut off in the middle', '{"at":1782397264000,"changes":[{"kind":"row","divi'],
    ['is zeros, as after a power cut', '\0'.repeat(64)],
    ['lacks its line break only', '{"at":1782397264000,"changes":[]}'],
  ])('whose last line %s is read up to there, and goes on', async (_, tail) => {
    await restarting.start();
    create('Een');
    await restarting.stop();
    restarting.write(`${restarting.lines().join('\n')}\n${tail}`);

    await restarting.start();
    create('Twee');

    expect(names(await restarting.start())).toEqual(['Een', 'Twee']);
  });

  it('that is damaged elsewhere is refused by the number of the line', async () => {
    await restarting.start();
    create('Een');
    await restarting.stop();
    const [first = '', ...rest] = restarting.lines();
    restarting.write(`${[first, 'geen json', ...rest].join('\n')}\n`);

    await expect(restarting.start()).rejects.toThrow('sandbox.jsonl line 2 cannot be read');
  });

  it('of another world is refused', async () => {
    await restarting.start();
    create('Een');

    await expect(restarting.start({ world: { relations: 41 } })).rejects.toThrow('belongs to another world');
    expect(names(await restarting.start())).toEqual(['Een']);
  });

  it('can be read by its owner only, because it holds tokens', async () => {
    await restarting.start();

    expect(statSync(restarting.file).mode & 0o777).toBe(0o600);
  });
});
