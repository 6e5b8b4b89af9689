import '@angular/localize/init';
import { describe, expect, it } from 'vitest';
import { eventText } from './run-words.js';

const at = '2026-11-25T09:00:00.000Z';
const told = (key: string, params: Readonly<Record<string, string | number>>) =>
  eventText({ key, params, at, administrationName: null }, 'nl');

describe('eventText', () => {
  it.each([
    ['administration-fetched', { records: 1 }, 'Alles opgehaald: 1 record'],
    ['administration-fetched', { records: 1_444 }, 'Alles opgehaald: 1.444 records'],
    ['records-rejected', { kind: 'accounts', records: 1 }, '1 record niet overgenomen'],
    ['records-rejected', { kind: 'accounts', records: 12 }, '12 records niet overgenomen'],
    ['records-rejected', { kind: 'accounts', count: 12 }, '12 records niet overgenomen'],
    ['of-a-later-version', {}, 'of-a-later-version'],
  ] as const)('says %s %j in words', (key, params, text) => {
    expect(told(key, params)).toBe(text);
  });
});
