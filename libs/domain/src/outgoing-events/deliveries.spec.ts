import { describe, expect, it } from 'vitest';
import { attemptsMax, settleDelivery, settleReceiver, type Outcome, type ReceiverHealth } from './index.js';

const now = new Date('2026-11-28T09:00:00Z');
const answered = (status: number): Outcome => ({ kind: 'answered', status });
const healthy: ReceiverHealth = {
  isEnabled: true,
  disabledReason: null,
  disabledAt: null,
  failingSince: null,
};
const hour = 3_600_000;
const after = (ms: number) => new Date(now.getTime() + ms);

describe('a delivery (F54)', () => {
  it('is over once it was taken', () => {
    expect(settleDelivery(1, answered(204), { now, chance: 0 })).toEqual({
      state: 'delivered',
      attempts: 1,
      dueAt: null,
    });
  });

  it('is tried again on the schedule of Standard Webhooks, ten times in all', () => {
    const pauses = Array.from({ length: attemptsMax }, (_, index) => {
      const { dueAt } = settleDelivery(index + 1, answered(500), { now, chance: 0 });
      return dueAt && (dueAt.getTime() - now.getTime()) / 1_000;
    });
    expect(pauses).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, null]);
    expect(settleDelivery(attemptsMax, answered(500), { now, chance: 0 }).state).toBe('failed');
  });

  it('waits up to a tenth longer, so that what failed together does not come back together', () => {
    expect(settleDelivery(2, answered(500), { now, chance: 1 }).dueAt).toEqual(after(330_000));
  });

  it('is not followed to another address: a redirect is a failure', () => {
    expect(settleDelivery(1, answered(302), { now, chance: 0 }).state).toBe('waiting');
  });

  it('is given up at once by a receiver that is gone', () => {
    expect(settleDelivery(1, answered(410), { now, chance: 0 }).state).toBe('failed');
  });
});

describe('a receiver', () => {
  it('fails since its first failure until something is taken', () => {
    const failing = settleReceiver(healthy, [answered(500), { kind: 'unreached', reason: 'tls' }], now);
    expect(failing).toEqual({ ...healthy, failingSince: now });
    expect(settleReceiver(failing, [answered(500)], after(hour)).failingSince).toEqual(now);
    expect(settleReceiver(failing, [answered(200)], after(hour))).toEqual(healthy);
  });

  it('is switched off when nothing was taken for five days, and not an hour before', () => {
    const failing = { ...healthy, failingSince: now };
    expect(settleReceiver(failing, [answered(500)], after(119 * hour)).isEnabled).toBe(true);
    expect(settleReceiver(failing, [answered(500)], after(120 * hour))).toEqual({
      isEnabled: false,
      disabledReason: 'failing',
      disabledAt: after(120 * hour),
      failingSince: now,
    });
  });

  it('is switched off by its own word, 410, and stays as it was left', () => {
    const gone = settleReceiver(healthy, [answered(410)], now);
    expect(gone).toMatchObject({ isEnabled: false, disabledReason: 'gone', disabledAt: now });
    expect(settleReceiver(gone, [answered(200)], after(hour))).toEqual(gone);
  });
});
