import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { relationSchema } from '@koppel/domain/matching';
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

  describe('of relations', () => {
    const relations = [
      'id,administration,name,kvk,phone,street,houseNumber,postcode,city',
      'a,1,Zonneveld Bouw B.V.,12345679,030-2345678,Dorpsstraat,12,3511 AB,Utrecht',
      'b,2,ZONNEVELD BOUW,12345679,,,,,',
      'c,3,Zonneveld Bouw BV,,030 2345678,Dorpsstr.,12,3511AB,Utrecht',
      'd,4,Zonneveld Bouw Holding B.V.,87654329,030-2345678,Dorpsstraat,12,3511 AB,Utrecht',
      'e,5,Klaver Infra,,,Kerkweg,3,1234 AB,Ede',
      'f,6,Klaver Infra,,,,,,Apeldoorn',
      '',
    ].join('\n');

    async function match(schema: string | undefined, csvText = relations): Promise<[string, string]> {
      const [out, explain] = [path.join(folder, 'o.csv'), path.join(folder, 'why.jsonl')];
      const input = place('relations.csv', csvText);
      await matchFile(
        { in: input, out, explain, band: 'final', ...(schema !== undefined && { schema }) },
        () => {},
      );
      return [readFileSync(out, 'utf8'), readFileSync(explain, 'utf8')];
    }

    it('is the one without a schema, also by its name and as a file', async () => {
      const usual = await match(undefined);

      expect(usual[0]).toContain('b,a,auto');
      expect(await match('relation')).toEqual(usual);
      expect(await match(place('relation.json', relationSchema))).toEqual(usual);
    });

    it('may name other columns, and leave out what is not to be looked at', async () => {
      const fields = relationSchema.fields.map((field) =>
        field.name === 'kvk' ? { ...field, columns: ['registration'] } : field,
      );
      const renamed = relations.replace(',kvk,', ',registration,');
      expect(await match(place('s.json', { ...relationSchema, fields }), renamed)).toEqual(
        await match(undefined),
      );
      expect((await match(undefined, renamed))[0]).not.toContain('b,a,auto');
    });

    it('changes verdicts with its weights and vetoes', async () => {
      const vetoes = relationSchema.vetoes.filter(({ veto }) => veto !== 'veto-kvk' && veto !== 'veto-group');
      const evidence = relationSchema.evidence.filter(({ name }) => name === 'name' || name === 'site');
      const bold = { ...relationSchema, vetoes, evidence };

      expect((await match(undefined))[0]).toContain('d,d,');
      expect((await match(place('s.json', bold)))[0]).toContain('d,a,');
    });

    it.each([
      ['a rule that is none', { vetoes: [{ veto: 'veto-kvk', when: ['moon:full'] }] }, '"moon" is none of'],
      ['a missing field', { fields: relationSchema.fields.slice(1) }, '"name" is none of the fields'],
      ['a field that is none', { fields: [{ ...relationSchema.fields[0], name: 'shoe' }] }, 'fields[0].name'],
      [
        'a column that nobody would read',
        { fields: [{ name: 'rsin', columns: ['rsin'], normalise: ['rsin-number'], compare: 'exact' }] },
        '"rsin" is read from 0 columns at most',
      ],
      ['a property that is none', { labels: 'class' }, 'labels'],
      ['another engine', { engine: 'steam' }, 'engine'],
    ])('is refused with %s, and it says where', async (_, change, message) => {
      const refused = match(place('s.json', { ...relationSchema, ...change }));

      await expect(refused).rejects.toThrow(InputError);
      await expect(refused).rejects.toThrow(message);
    });
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
    [
      'a rule by a level that is none',
      { ...inns, never: [{ fields: ['phone'], below: 7 }] },
      'never[0].below',
    ],
    ['a rule by an unknown field', { ...inns, never: [{ fields: ['shoe'], below: 1 }] }, '"shoe" is none of'],
    ['a field twice', { ...inns, fields: [...inns.fields, ...inns.fields] }, 'is there twice'],
  ])('is refused with %s, and it says where', async (_, content, message) => {
    const refused = readMatchSchema(place('s.json', content));

    await expect(refused).rejects.toThrow(InputError);
    await expect(refused).rejects.toThrow(message);
  });

  it('is refused when it is not there, or when the file has none of its columns', async () => {
    await expect(readMatchSchema(path.join(folder, 'no.json'))).rejects.toThrow('no.json is not there');
    const options = {
      in: place('in.csv', 'nr,colour\n1,red\n'),
      out: path.join(folder, 'o'),
      schema: place('s.json', inns),
      band: 'auto',
    } as const;
    await expect(matchFile(options, () => {})).rejects.toThrow('none of the columns of the schema "inns"');
  });
});
