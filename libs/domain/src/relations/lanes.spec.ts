import { describe, expect, it } from 'vitest';
import { inLanes } from './lanes.js';

async function* numbers(count: number): AsyncGenerator<number> {
  for (let number = 1; number <= count; number += 1) yield number;
}

describe('inLanes', () => {
  it('works every item off once, some side by side', async () => {
    const done: number[] = [];
    let underWay = 0;
    let most = 0;
    await inLanes(numbers(5), async (number) => {
      underWay += 1;
      most = Math.max(most, underWay);
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      underWay -= 1;
      done.push(number);
    });

    expect(done.sort()).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(3);
  });

  it('takes nothing more after a failure, lets the other lanes end, and throws it', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const work = async (number: number) => {
      begun.push(number);
      if (number === 1) {
        await Promise.resolve();
        throw new Error('broken');
      }
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      ended.push(number);
    };

    await expect(inLanes(numbers(9), work)).rejects.toThrow('broken');
    expect(begun).toEqual([1, 2, 3]);
    expect(ended.sort()).toEqual([2, 3]);
  });
});
