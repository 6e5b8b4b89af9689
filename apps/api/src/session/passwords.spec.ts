import { describe, expect, it } from 'vitest';
import { hashPassword, isPassword } from './passwords.js';

describe('passwords', () => {
  it('are kept as argon2id with at least 19 MiB and two passes, salted', async () => {
    const [one, other] = [await hashPassword('geheim'), await hashPassword('geheim')];
    const [, memory, passes] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$[^$]{22}\$[^$]{43}$/.exec(one) ?? [];
    expect(Number(memory)).toBeGreaterThanOrEqual(19_456);
    expect(Number(passes)).toBeGreaterThanOrEqual(2);
    expect(one).not.toBe(other);
  });

  it('fit only themselves, in either spelling of an accent', async () => {
    const hash = await hashPassword('caf\u00e9');
    expect(await isPassword('cafe\u0301', hash)).toBe(true);
    expect(await isPassword('cafe', hash)).toBe(false);
    expect(await isPassword('', hash)).toBe(false);
  });

  it('never fit a hash of another kind', async () => {
    expect(await isPassword('x', '$2b$10$abcdefghijklmnopqrstuv')).toBe(false);
    expect(await isPassword('', '')).toBe(false);
  });
});
