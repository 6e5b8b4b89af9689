import { describe, expect, it } from 'vitest';
import { withGarbage } from './memory.js';

describe('withGarbage', () => {
  it('keeps little for as long as one of them does: a resync ends beside a first coupling', async () => {
    const flags: string[] = [];
    const setFlags = (flag: string) => void flags.push(flag);
    const first = Promise.withResolvers<void>();
    const coupling = withGarbage(async ({ keepLittle }) => {
      keepLittle();
      await first.promise;
    }, setFlags);

    await withGarbage(async () => undefined, setFlags);
    await withGarbage(async ({ keepLittle }) => keepLittle(), setFlags);

    expect(new Set(flags)).toEqual(new Set(['--heap-growing-percent=40']));
    first.resolve();
    await coupling;
    expect(flags.at(-1)).toBe('--heap-growing-percent=0'); // as this process was started: without
  });

  it('ends with a comparison that fails', async () => {
    const flags: string[] = [];
    const failing = withGarbage(
      async ({ keepLittle }) => {
        keepLittle();
        await Promise.reject(new Error('no database'));
      },
      (flag) => void flags.push(flag),
    );

    await expect(failing).rejects.toThrow('no database');
    expect(flags).toEqual(['--heap-growing-percent=40', '--heap-growing-percent=0']);
  });
});
