import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Room } from './room.js';

/** Who is inside, by name; each stays until it is told to go. */
function aRoom(accountsMax: number) {
  const room = new Room(accountsMax);
  const inside = new Map<string, () => void>();
  const come = (name: string, need: number): Promise<void> =>
    room.during(need, async () => {
      await new Promise<void>((go) => inside.set(name, go));
      inside.delete(name);
    });
  const leave = async (name: string): Promise<void> => {
    inside.get(name)?.();
    await setImmediate();
  };
  return { room, come, leave, names: () => [...inside.keys()] };
}

describe('room for accounts that are compared at once', () => {
  it('is shared by those who fit beside each other, in the order in which they came', async () => {
    const { come, leave, names } = aRoom(200_000);
    const ended = [come('a', 150_000), come('b', 50_000), come('c', 60_000), come('d', 10)];
    await setImmediate();

    expect(names()).toEqual(['a', 'b']);
    await leave('b');
    expect(names()).toEqual(['a']);
    await leave('a');
    expect(names()).toEqual(['c', 'd']);
    await leave('c');
    await leave('d');
    await Promise.all(ended);
  });

  it('takes in one who needs more than there is, alone', async () => {
    const { come, leave, names } = aRoom(100);
    const ended = [come('large', 300), come('none', 0), come('small', 1)];
    await setImmediate();

    expect(names()).toEqual(['large']);
    await leave('large');
    expect(names()).toEqual(['none', 'small']);
    await leave('none');
    await leave('small');
    await Promise.all(ended);
  });

  it('is given back by one that fails', async () => {
    const { room } = aRoom(100);

    await expect(room.during(100, () => Promise.reject(new Error('no database')))).rejects.toThrow(
      'no database',
    );
    expect(await room.during(100, async () => 'inside')).toBe('inside');
  });
});
