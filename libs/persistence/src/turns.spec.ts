import { describe, expect, it } from 'vitest';
import { NoTurn, Turns } from './turns.js';

describe('turns', () => {
  it('are given in order, to as many as there are at a time', async () => {
    const turns = new Turns(1, 10_000);
    const order: string[] = [];
    const first = await turns.take();
    const second = turns.take().then((end) => (order.push('second'), end));
    const third = turns.take().then((end) => (order.push('third'), end));
    expect(order).toEqual([]);

    first();
    first(); // counts once
    (await second)();
    (await third)();

    expect(order).toEqual(['second', 'third']);
    expect(await turns.take()).toBeTypeOf('function');
  });

  it('are refused to who would wait too long, who then takes none away', async () => {
    const turns = new Turns(1, 1);
    const end = await turns.take();
    await expect(turns.take()).rejects.toThrow(NoTurn);

    end();
    expect(await turns.take()).toBeTypeOf('function');
  });
});
