import { describe, expect, it } from 'vitest';
import { LeakWatch } from './leak-watch.js';

describe('the watch over log lines', () => {
  it('hears what must not be told, however it is spelled, also what became secret later', () => {
    const watch = new LeakWatch(['Kanarie']);
    watch.keepSecret('AAEAtoken');

    for (const line of ['all well', 'kanarie.7@voorbeeld.test', 'KANARIE', 'with aaeaTOKEN in it'])
      watch.hear(line);

    expect(watch.lines).toEqual(['kanarie.7@voorbeeld.test', 'KANARIE', 'with aaeaTOKEN in it']);
  });

  it('refuses a secret of nothing, which every line would tell', () => {
    expect(() => new LeakWatch([''])).toThrow(RangeError);
  });
});
