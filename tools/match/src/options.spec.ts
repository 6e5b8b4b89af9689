import { describe, expect, it } from 'vitest';
import { asksForHelp, parseOptions } from './options.js';

const parse = (...args: string[]): unknown => parseOptions(args, '/home/anna');

describe('the command line', () => {
  it('takes paths from the folder that it was typed in, and the final band', () => {
    expect(parse('--in', 'a.csv', '--out', '/tmp/b.csv')).toEqual({
      in: '/home/anna/a.csv',
      out: '/tmp/b.csv',
      band: 'final',
    });
  });

  it('takes every option', () => {
    const all = ['--in=a', '--out=b', '--schema=s.json', '--explain=e.jsonl', '--band=auto'];
    expect(parse(...all)).toEqual({
      in: '/home/anna/a',
      out: '/home/anna/b',
      schema: '/home/anna/s.json',
      explain: '/home/anna/e.jsonl',
      band: 'auto',
    });
  });

  it('takes the name of a schema that comes with Koppel, and a file of that name by its path', () => {
    const files = ['--in', 'a', '--out', 'b'];

    expect(parse(...files, '--schema', 'contact-person')).toMatchObject({ schema: 'contact-person' });
    expect(parse(...files, '--schema', './contact-person')).toMatchObject({
      schema: '/home/anna/contact-person',
    });
  });

  it.each([
    ['no input', ['--out', 'b'], '--in is missing'],
    ['no output', ['--in', 'a'], '--out is missing'],
    ['an unknown option', ['--in', 'a', '--out', 'b', '--fast'], "Unknown option '--fast'"],
    ['a stray word', ['--in', 'a', '--out', 'b', 'c'], "Unexpected argument 'c'"],
    ['an option without its value', ['--in', 'a', '--out'], "Option '--out <value>' argument missing"],
    ['another band', ['--in', 'a', '--out', 'b', '--band', 'ask'], '--band is auto or final, not "ask"'],
    ['an option twice', ['--in', 'a', '--in', 'c', '--out', 'b'], '--in is given twice'],
    ['an empty file name', ['--in=', '--out', 'b'], '--in needs a file'],
    ['the input as output', ['--in', 'a', '--out', './a'], 'is given for two things'],
  ])('refuses %s, and says how it is used', (_, args, message) => {
    expect(() => parse(...args)).toThrow(message);
    expect(() => parse(...args)).toThrow('usage: npm run match');
  });
});

describe('help', () => {
  it.each([
    [['--help'], true],
    [['--in', 'a.csv', '-h'], true],
    [['--in', 'help.csv'], false],
  ])('%j asks for it: %s', (args, asks) => {
    expect(asksForHelp(args)).toBe(asks);
  });
});
