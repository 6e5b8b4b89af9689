import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputError } from './input-error.js';
import { matchFile } from './match-file.js';
import type { MatchOptions } from './options.js';

const header =
  'id,administration,kind,name,kvk,vat,iban,email,phone,website,street,houseNumber,postcode,city,country';
const rows = [
  '7,100,company,Jansen Bouw B.V.,12345674,,,info@jansenbouw.nl,,,Dorpsstraat,1,3512 AB,Utrecht,NL',
  '12,200,company,"Jansen Bouw, B.V.",12345674,,,info@jansenbouw.nl,030-2345678,,Dorpsstraat,1,3512AB,Utrecht,NL',
  '3,100,company,De Vries Installatie B.V.,87654321,,,,,,Kade,9,1011 AB,Amsterdam,NL',
];

describe('matching a file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'koppel-match-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const place = (name: string): string => path.join(folder, name);
  const read = (name: string): string => readFileSync(place(name), 'utf8');

  async function match(content: string | Buffer, options: Partial<MatchOptions> = {}): Promise<string> {
    writeFileSync(place('in.csv'), content);
    await matchFile({ in: place('in.csv'), out: place('out.csv'), band: 'final', ...options }, () => {});
    return read('out.csv');
  }

  async function refusal(content: string | Buffer): Promise<InputError> {
    const error: unknown = await match(content).catch((thrown: unknown) => thrown);
    if (!(error instanceof InputError)) throw new Error('it was not refused', { cause: error });
    expect(readdirSync(folder)).toEqual(['in.csv']);
    return error;
  }

  it('writes each id once, in the order of the file, with the smallest id of its cluster', async () => {
    const written = await match([header, ...rows, ''].join('\n'));

    expect(written).toBe('id,cluster,band\n7,12,auto\n12,12,auto\n3,3,auto\n');
    expect(readdirSync(folder).sort()).toEqual(['in.csv', 'out.csv']);
  });

  it('gives the same clusters in any order of rows and columns, with CRLF, a byte order mark and columns of others', async () => {
    const straight = await match([header, ...rows, ''].join('\n'));
    const turned = [header, ...rows.toReversed()].map((row) => {
      const cells = row.includes('"') ? row.replace('"Jansen Bouw, B.V."', 'Jansen Bouw B.V.') : row;
      return [...cells.split(',').toReversed(), '"a note\nof two lines"'].join(',');
    });
    const unknown = [turned[0]?.replace('"a note\nof two lines"', 'note'), ...turned.slice(1), ''];
    const written = await match(`\uFEFF${unknown.join('\r\n')}`);

    expect(written.split('\n').sort()).toEqual(straight.split('\n').sort());
  });

  it('needs no column but the id, and takes no rows at all', async () => {
    expect(await match('id\na\nb\n')).toBe('id,cluster,band\na,a,auto\nb,b,auto\n');
    expect(await match(`${header}\n`)).toBe('id,cluster,band\n');
  });

  it('writes ids with commas and quotes so that they can be read back', async () => {
    expect(await match('id\n"a,""b"""\n')).toBe('id,cluster,band\n"a,""b""","a,""b""",auto\n');
  });

  it('explains every verdict in lines of JSON whose contributions add up to the score', async () => {
    await match([header, ...rows].join('\n'), { explain: place('explain.jsonl') });

    const [line, ...more] = read('explain.jsonl').trimEnd().split('\n');
    const verdict = JSON.parse(line ?? '') as {
      score: number;
      contributions: { weight: number; nl: string; en: string }[];
    };
    expect(more).toEqual([]);
    expect(verdict).toMatchObject({ a: '12', b: '7', band: 'automatic', vetoes: [] });
    expect(verdict.contributions.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(verdict.score, 9);
    expect(verdict.contributions.map(({ nl }) => nl)).toContain('zelfde KvK-nummer (12345674)');
  });

  it.each([
    ['an empty file', '', 'not-csv', 'is empty'],
    ['a header without id', 'name,kvk\nJansen,1\n', 'wrong-columns', 'has no column "id"'],
    [
      'semicolons',
      'id;name\n1;Jansen\n',
      'wrong-columns',
      'separated by commas; these seem to be by semicolons',
    ],
    ['tabs', 'id\tname\n1\tJansen\n', 'wrong-columns', 'these seem to be by tabs'],
    [
      'the id column in capitals',
      'ID,name\n1,Jansen\n',
      'wrong-columns',
      '"ID" is another name: capitals count',
    ],
    ['a column twice', 'id,name,name\n1,a,b\n', 'wrong-columns', 'names the column "name" twice'],
    ['the id column twice', 'id,id\n1,2\n', 'wrong-columns', 'names the column "id" twice'],
    ['a repeated id', 'id,name\n1,a\n2,b\n1,c\n', 'id-repeated', 'line 4 repeats the id "1" of line 2'],
    ['an empty id', 'id,name\n1,a\n ,b\n', 'id-missing', 'line 3 has no id'],
    [
      'too few fields',
      'id,name\n1,a\n2\n',
      'wrong-field-count',
      'line 3 has 1 fields where the header has 2',
    ],
    [
      'too many fields',
      'id,name\n1,a,b\n',
      'wrong-field-count',
      'line 2 has 3 fields where the header has 2',
    ],
    ['an open quote', 'id,name\n1,"a\n2,b\n', 'not-csv', 'line 2 is not CSV'],
    [
      'another encoding',
      Buffer.from('id,name\n1,Caf\xe9\n', 'latin1'),
      'not-text',
      'is not UTF-8 text (in Excel: save as "CSV UTF-8")',
    ],
    ['a picture', Buffer.from([0x69, 0x64, 0x0a, 0x00, 0x01, 0x02]), 'not-text', 'zero bytes'],
  ])('refuses %s and leaves nothing behind', async (_, content, kind, message) => {
    const error = await refusal(content);

    expect(error.kind).toBe(kind);
    expect(error.message).toContain(message);
  });

  it('refuses a file that is not there, a folder, and a place where nothing can be written', async () => {
    const out = place('out.csv');
    const run = (options: Partial<MatchOptions>): Promise<unknown> =>
      matchFile({ in: place('in.csv'), out, band: 'auto', ...options }, () => {});

    await expect(run({})).rejects.toThrow('in.csv is not there');
    await expect(run({ in: folder })).rejects.toThrow('is a folder');
    writeFileSync(place('in.csv'), 'id\n1\n');
    await expect(run({ out: place('no/such/folder.csv') })).rejects.toThrow('cannot be written');
    expect(readdirSync(folder)).toEqual(['in.csv']);
  });

  it('refuses to write over a folder or a device, before anything is read', async () => {
    writeFileSync(place('in.csv'), 'id\n1\n');
    mkdirSync(place('results'));
    const heard: string[] = [];
    const run = (options: Partial<MatchOptions>): Promise<unknown> =>
      matchFile({ in: place('in.csv'), out: place('out.csv'), band: 'auto', ...options }, (line) =>
        heard.push(line),
      );

    await expect(run({ out: place('results') })).rejects.toThrow('it is a folder');
    await expect(run({ explain: '/dev/null' })).rejects.toThrow('it is no ordinary file');
    expect(heard).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(['in.csv', 'results']);
  });

  it('writes the file that a link leads to, and leaves the link', async () => {
    writeFileSync(place('real.csv'), 'old');
    symlinkSync(place('real.csv'), place('out.csv'));
    await match('id\n1\n');

    expect(lstatSync(place('out.csv')).isSymbolicLink()).toBe(true);
    expect(read('real.csv')).toBe('id,cluster,band\n1,1,auto\n');
  });

  it('tells which columns are not used, and which was perhaps meant', async () => {
    writeFileSync(place('in.csv'), 'id,name,KvK,House number,note\n1,Jansen,12345674,3,\n');
    const heard: string[] = [];
    await matchFile({ in: place('in.csv'), out: place('out.csv'), band: 'auto' }, (line) => heard.push(line));

    expect(heard).toContain(
      'columns that are not used: KvK (is it kvk?), House number (is it houseNumber?), note',
    );
  });

  it('keeps an earlier result when the new input is wrong', async () => {
    await match('id\n1\n');
    await expect(match('id\n1\n1\n')).rejects.toThrow(InputError);

    expect(read('out.csv')).toBe('id,cluster,band\n1,1,auto\n');
  });
});
