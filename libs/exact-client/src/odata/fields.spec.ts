import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { calendarDate, flag, guid, int64, localTimestamp, text } from './fields.js';
import { zoneOf } from './zone.js';

const amsterdam = zoneOf('Europe/Amsterdam');

describe('calendarDate', () => {
  it.each([
    ['/Date(1703980800000)/', '2023-12-31'],
    ['/Date(-2208988800000)/', '1900-01-01'],
    ['/Date(1704067200000+0000)/', '2024-01-01'],
    ['/Date(-62135596800000)/', '0001-01-01'],
    ['/Date(253402214400000)/', '9999-12-31'],
    [null, null],
  ])('E12 reads %j as %j', (value, date) => {
    expect(calendarDate.parse(value)).toBe(date);
  });

  it.each([
    'binnenkort',
    '/Date()/',
    '/Date(12e3)/',
    '/Date(9999999999999999)/',
    '/Date(253402300800000)/',
    '/Date(-99999999999999)/',
    '2024-01-01',
  ])('E12 names %j as no date', (value) => {
    expect(calendarDate.safeParse(value).error?.issues[0]?.message).toBe('is no date');
  });
});

describe('localTimestamp', () => {
  it.each([
    ['summer', '/Date(1720008000000)/', '2024-07-03T10:00:00.000Z'],
    ['winter', '/Date(1704067200000)/', '2023-12-31T23:00:00.000Z'],
    ['recorded: 16:21:04 on the wall', '/Date(1782404464260)/', '2026-06-25T14:21:04.260Z'],
    ['the hour that is skipped', '/Date(1774751400000)/', '2026-03-29T01:30:00.000Z'],
    ['the hour that comes twice: the first', '/Date(1792895400000)/', '2026-10-25T00:30:00.000Z'],
  ])('E12 takes the wall clock of Amsterdam in %s', (_name, value, instant) => {
    expect(localTimestamp(amsterdam).parse(value)).toBe(instant);
  });

  it.each(['/Date(-62135596800000)/', '/Date(253402300799999)/'])(
    'E12 names %j as no time: in some zone it has no year of four digits',
    (value) => {
      expect(localTimestamp(amsterdam).safeParse(value).error?.issues[0]?.message).toBe('is no time');
    },
  );

  it('E12 takes the wall clock of London for the UK site', () => {
    expect(localTimestamp(zoneOf('Europe/London')).parse('/Date(1720008000000)/')).toBe(
      '2024-07-03T11:00:00.000Z',
    );
  });

  it.each(['UTC', 'Europe/Amsterdam', 'America/New_York'])(
    'E12 gives the same when the server runs in %s',
    (zone) => {
      const at = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
      const program = `
      import { registerHooks } from 'node:module';
      const toSource = (name, from = '') => (from.endsWith('.ts') ? name.replace(/^([.].*)[.]js$/, '$1.ts') : name);
      registerHooks({ resolve: (name, context, next) => next(toSource(name, context.parentURL), context) });
      const { calendarDate, localTimestamp } = await import(${at('./fields.ts')});
      const { zoneOf } = await import(${at('./zone.ts')});
      console.log(new Date(2024, 0, 1).getTimezoneOffset(), calendarDate.parse('/Date(1703980800000)/'),
        localTimestamp(zoneOf('Europe/Amsterdam')).parse('/Date(1720008000000)/'));`;
      const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
        env: { TZ: zone },
        cwd: fileURLToPath(new URL('.', import.meta.url)),
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const [offset, ...values] = output.trim().split(' ');

      expect(Number(offset)).toBe({ UTC: 0, 'Europe/Amsterdam': -60, 'America/New_York': 300 }[zone]);
      expect(values).toEqual(['2023-12-31', '2024-07-03T10:00:00.000Z']);
    },
  );
});

describe('zoneOf', () => {
  it('E12 turns an instant back into the wall clock, for a filter', () => {
    const wall = amsterdam.toWall(Date.parse('2024-07-03T10:00:00Z'));

    expect(new Date(wall).toISOString().slice(0, 19)).toBe('2024-07-03T12:00:00');
  });

  it('is its own inverse for every hour of a year, but for the repeated hour', () => {
    const start = Date.parse('2026-01-01T00:30:00Z');
    const wrong = Array.from({ length: 365 * 24 }, (_, hour) => start + hour * 3_600_000).filter(
      (instant) => amsterdam.toInstant(amsterdam.toWall(instant)) !== instant,
    );

    expect(wrong.map((instant) => new Date(instant).toISOString())).toEqual(['2026-10-25T01:30:00.000Z']);
  });
});

describe('int64', () => {
  it.each([
    ['9007199254740993', '9007199254740993'],
    ['1', '1'],
    [128, '128'],
  ])('E10 keeps %j digit for digit', (value, digits) => {
    expect(int64.parse(value)).toBe(digits);
  });

  it.each([2 ** 53 + 2, -1, 1.5, '12a', '', null])('E10 refuses %j rather than guess', (value) => {
    expect(int64.safeParse(value).success).toBe(false);
  });
});

describe('small kinds', () => {
  it.each([
    [true, true],
    [false, false],
    [1, true],
    [0, false],
    [null, null],
  ])('reads the flag %j as %j', (value, expected) => {
    expect(flag.parse(value)).toBe(expected);
  });

  it('gives GUIDs in lower case and refuses text of another shape or length', () => {
    expect(guid.parse('3F2504E0-4F89-11D3-9A0C-0305E82C3301')).toBe('3f2504e0-4f89-11d3-9a0c-0305e82c3301');
    expect(guid.safeParse('3f2504e0').success).toBe(false);
    expect(text.safeParse('x'.repeat(2_001)).error?.issues[0]?.message).toBe('is too long');
  });
});
