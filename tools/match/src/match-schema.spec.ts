import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputError } from './input-error.js';
import { matchFile } from './match-file.js';
import { readMatchSchema } from './match-schema.js';

const schemas = path.resolve(import.meta.dirname, '../../bench/src/schemas');
const inns = {
  name: 'inns',
  version: 1,
  id: 'nr',
  fields: [
    { name: 'name', columns: ['name'], kind: 'words' },
    { name: 'phone', columns: ['phone'], kind: 'phone' },
  ],
  keys: [['phone'], ['name:rarest']],
};

describe('a match schema', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'koppel-schema-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function place(name: string, content: unknown): string {
    const file = path.join(folder, name);
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  }

  const csv = (idColumn: string): string => {
    const colours = [
      'Rode',
      'Witte',
      'Zwarte',
      'Blauwe',
      'Groene',
      'Bonte',
      'Oude',
      'Nieuwe',
      'Kleine',
      'Vergulde',
    ];
    const beasts = [
      'Adelaar',
      'Beer',
      'Eenhoorn',
      'Fazant',
      'Haas',
      'Karper',
      'Olifant',
      'Pelikaan',
      'Vos',
      'Zwaan',
    ];
    const others = colours.flatMap((colour, c) =>
      beasts.map(
        (beast, b) => `o${c}${b},${colour} ${beast},0${200_000_000 + c * 61_234_567 + b * 4_812_345}`,
      ),
    );
    return [
      `${idColumn},name,phone`,
      ...others,
      'p,De Gouden Leeuw,030-2345678',
      'q,"Gouden Leeuw, De",+31 30 2345678',
      '',
    ].join('\n');
  };

  it.each(['nr', 'id'])('reads other kinds of records, with the id in the column "%s"', async (idColumn) => {
    const out = path.join(folder, 'out.csv');
    const explain = path.join(folder, 'why.jsonl');
    const input = place('in.csv', csv(idColumn));
    await matchFile({ in: input, out, schema: place('s.json', inns), explain, band: 'final' }, () => {});

    const rows = readFileSync(out, 'utf8').trimEnd().split('\n');
    expect(rows).toHaveLength(103);
    expect(rows.slice(-2).map((row) => row.split(',').slice(0, 2))).toEqual([
      ['p', 'p'],
      ['q', 'p'],
    ]);
    expect(JSON.parse(readFileSync(explain, 'utf8').split('\n')[0] ?? '')).toMatchObject({ a: 'p', b: 'q' });
  });

  it('may be the one for contact persons, by its name', async () => {
    const contacts = [
      'id,administration,firstName,lastName,birthDate,email,mobile',
      ...Array.from(
        { length: 40 },
        (_, at) => `x${at},1,Vreemd${at},Ander${at * 7},19${40 + at}-01-0${1 + (at % 9)},v${at}@ander.nl,`,
      ),
      'q,2,Yasmina,Benhaddou,1991-07-02,y@tolhek.nl,0647720031',
      'p,3,Yasmina,Benhadou,02-07-1991,,+31 6 47720031',
    ];
    const out = path.join(folder, 'o.csv');

    await matchFile(
      { in: place('in.csv', contacts.join('\n')), out, schema: 'contact-person', band: 'final' },
      () => {},
    );

    expect(readFileSync(out, 'utf8').trimEnd().split('\n').slice(-2)).toEqual(['q,p,auto', 'p,p,auto']);
  });

  it('may be one of those that the benchmarks bring', async () => {
    for (const file of ['febrl', 'fake_1000', 'csv_example', 'restaurants'])
      expect((await readMatchSchema(path.join(schemas, `${file}.json`))).fields.length).toBeGreaterThan(3);
  });

  it.each([
    ['text that is no JSON', '{', 'is not JSON'],
    [
      'a kind that is none',
      { ...inns, fields: [{ name: 'name', columns: ['name'], kind: 'smell' }] },
      'fields[0].kind',
    ],
    ['no fields', { ...inns, fields: [] }, 'fields'],
    ['a property that is none', { ...inns, labels: 'class' }, 'labels'],
    ['a key of an unknown field', { ...inns, keys: [['shoe:4']] }, '"shoe" is none of the fields'],
    ['a key that is shortened oddly', { ...inns, keys: [['name:week']] }, 'keys[0][0]'],
    ['a field twice', { ...inns, fields: [...inns.fields, ...inns.fields] }, 'is there twice'],
  ])('is refused with %s, and it says where', async (_, content, message) => {
    const refused = readMatchSchema(place('s.json', content));

    await expect(refused).rejects.toThrow(InputError);
    await expect(refused).rejects.toThrow(message);
  });

  it('is refused when it is not there, or when the file has none of its columns', async () => {
    await expect(readMatchSchema(path.join(folder, 'no.json'))).rejects.toThrow('cannot be read');
    const options = {
      in: place('in.csv', 'nr,colour\n1,red\n'),
      out: path.join(folder, 'o'),
      schema: place('s.json', inns),
      band: 'auto',
    } as const;
    await expect(matchFile(options, () => {})).rejects.toThrow('none of the columns of the schema "inns"');
  });
});
