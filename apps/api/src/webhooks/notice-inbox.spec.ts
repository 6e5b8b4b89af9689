import { describe, expect, it } from 'vitest';
import { NoticeInbox, type CountedNotice, type ReceivedNotice } from './notice-inbox.js';

const notice = (division: number, topic: ReceivedNotice['topic'] = 'accounts') => ({
  region: 'nl',
  division,
  topic,
});

/** A database that answers when the spec lets it. */
function aSlowDatabase() {
  const flocks: (readonly CountedNotice[])[] = [];
  const gates: { resolve: () => void; reject: (reason: Error) => void }[] = [];
  const record = (notices: readonly CountedNotice[]) => {
    flocks.push(notices);
    return new Promise<void>((resolve, reject) => gates.push({ resolve, reject }));
  };
  return { flocks, gates, record };
}

describe('NoticeInbox', () => {
  it('writes what arrives during a write as one flock, counted', async () => {
    const { flocks, gates, record } = aSlowDatabase();
    const inbox = new NoticeInbox(record);
    const first = inbox.add(notice(1));
    const others = Array.from({ length: 999 }, (_, index) => inbox.add(notice(1 + (index % 2))));
    gates[0]!.resolve();
    await first;
    gates[1]!.resolve();
    expect(new Set(await Promise.all(others))).toEqual(new Set(['recorded']));
    expect(flocks).toEqual([
      [{ ...notice(1), count: 1 }],
      [
        { ...notice(1), count: 500 },
        { ...notice(2), count: 499 },
      ],
    ]);
  });

  it('tells those whose flock was not written, and writes the next one', async () => {
    const { gates, record } = aSlowDatabase();
    const inbox = new NoticeInbox(record);
    const failing = inbox.add(notice(1));
    const following = inbox.add(notice(1, 'contacts'));
    gates[0]!.reject(new Error('down'));
    await expect(failing).rejects.toThrow('down');
    gates[1]!.resolve();
    expect(await following).toBe('recorded');
  });

  it('holds a bounded number of callers (F53)', async () => {
    const { gates, record } = aSlowDatabase();
    const inbox = new NoticeInbox(record);
    const held = Array.from({ length: 2_000 }, () => inbox.add(notice(1)));
    expect(await inbox.add(notice(1))).toBe('full');
    gates[0]!.resolve();
    await held[0];
    gates[1]!.resolve();
    await Promise.all(held);
    const next = inbox.add(notice(1));
    gates[2]!.resolve();
    expect(await next).toBe('recorded');
  });
});
