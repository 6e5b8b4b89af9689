import { describe, expect, it } from 'vitest';
import { matchCommand, type KeyPress } from './match-keys.js';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isTyping: false,
  ...more,
});

describe('matchCommand', () => {
  it.each([
    ['j', 'next'],
    ['k', 'previous'],
    ['a', 'same'],
    ['n', 'different'],
    ['u', 'unsure'],
    ['e', 'explain'],
    ['s', 'split'],
    ['z', 'undo'],
    ['/', 'search'],
  ])('reads %s as %s, in capitals too', (key, kind) => {
    expect(matchCommand(press(key))).toEqual({ kind });
    expect(matchCommand(press(key.toUpperCase()))).toEqual({ kind });
  });

  it('lets a digit choose the administration at that place', () => {
    expect(matchCommand(press('1'))).toEqual({ kind: 'lead', index: 0 });
    expect(matchCommand(press('9'))).toEqual({ kind: 'lead', index: 8 });
    expect(matchCommand(press('0'))).toBeUndefined();
  });

  it('moves over the fields with the arrows', () => {
    expect(matchCommand(press('ArrowDown'))).toEqual({ kind: 'field', step: 1 });
    expect(matchCommand(press('ArrowUp'))).toEqual({ kind: 'field', step: -1 });
  });

  it('decides nothing while someone types a search', () => {
    expect(matchCommand(press('a', { isTyping: true }))).toBeUndefined();
  });

  it.each(['ctrlKey', 'metaKey', 'altKey'] as const)('leaves a key with %s to the browser', (modifier) => {
    expect(matchCommand(press('a', { [modifier]: true }))).toBeUndefined();
  });

  it('ignores every other key', () => {
    expect(matchCommand(press('q'))).toBeUndefined();
    expect(matchCommand(press('Enter'))).toBeUndefined();
  });
});
