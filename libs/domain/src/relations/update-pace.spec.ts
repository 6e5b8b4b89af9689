import { expect, it } from 'vitest';
import { asId, type AdministrationId } from '../kernel/index.js';
import { UpdatePace, updatesAtOnce, updatesPerDay, updatesPerMinute } from './update-pace.js';

const a = asId<AdministrationId>('00000000-0000-7000-8000-00000000a001');
const b = asId<AdministrationId>('00000000-0000-7000-8000-00000000a002');
const now = new Date('2026-11-25T09:00:00Z');

it('lets some go at once, a day’s share by the minute, and the others over days, for each administration by itself (F31, F95)', () => {
  const pace = new UpdatePace();
  const minutes = Array.from(
    { length: 3 * updatesPerDay },
    () => (pace.next(a, now).getTime() - now.getTime()) / 60_000,
  );

  expect(new Set(minutes.slice(0, updatesAtOnce))).toEqual(new Set([0]));
  const firstMinute = minutes.slice(updatesAtOnce, updatesAtOnce + updatesPerMinute);
  expect(new Set(firstMinute)).toEqual(new Set([1]));
  expect(minutes[updatesAtOnce + updatesPerMinute]).toBe(2);
  expect(minutes[updatesPerDay - 1]! / 60).toBeLessThan(1);
  const days = minutes.map((minute) => Math.floor(minute / (24 * 60)));
  for (const day of [0, 1, 2]) expect(days.filter((each) => each === day)).toHaveLength(updatesPerDay);
  expect(minutes).toEqual([...minutes].sort((one, other) => one - other));
  expect(pace.next(b, now)).toEqual(now);
});
