import { expect, it } from 'vitest';
import { asId, type AdministrationId } from '../kernel/index.js';
import { callsPerCreate, callsPerUpdate, planRates, WritePace } from './write-pace.js';

const a = asId<AdministrationId>('00000000-0000-7000-8000-00000000a001');
const b = asId<AdministrationId>('00000000-0000-7000-8000-00000000a002');
const now = new Date('2026-11-25T09:00:00Z');
const atOnce = planRates.atOnce / callsPerUpdate;
const perMinute = planRates.perMinute / callsPerUpdate;
const perDay = planRates.perDay / callsPerUpdate;

it('lets some go at once, a day’s share by the minute, and the others over days, for each administration by itself (F31, F95)', () => {
  const pace = new WritePace();
  const minutes = Array.from(
    { length: 3 * perDay },
    () => (pace.next(a, callsPerUpdate, now).getTime() - now.getTime()) / 60_000,
  );

  expect(new Set(minutes.slice(0, atOnce))).toEqual(new Set([0]));
  const firstMinute = minutes.slice(atOnce, atOnce + perMinute);
  expect(new Set(firstMinute)).toEqual(new Set([1]));
  expect(minutes[atOnce + perMinute]).toBe(2);
  expect(minutes[perDay - 1]! / 60).toBeLessThan(1);
  const days = minutes.map((minute) => Math.floor(minute / (24 * 60)));
  for (const day of [0, 1, 2]) expect(days.filter((each) => each === day)).toHaveLength(perDay);
  expect(minutes).toEqual([...minutes].sort((one, other) => one - other));
  expect(pace.next(b, callsPerUpdate, now)).toEqual(now);
});

it('keeps updates and new accounts together within the share of a plan, on every day (F31, F95)', () => {
  const pace = new WritePace();
  const perDayMax = 0.8 * 5_000;
  const writes = [callsPerUpdate, callsPerCreate].flatMap((calls) => Array<number>(2_000).fill(calls));
  const calls = new Map<number, number>();
  for (const each of writes) {
    const day = Math.floor((pace.next(a, each, now).getTime() - now.getTime()) / (24 * 60 * 60_000));
    calls.set(day, (calls.get(day) ?? 0) + each);
  }
  expect([...calls.keys()]).toEqual([0, 1, 2, 3, 4]);
  for (const each of calls.values()) expect(each).toBeLessThanOrEqual(perDayMax);
});
