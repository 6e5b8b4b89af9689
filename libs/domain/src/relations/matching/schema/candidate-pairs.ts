import { hashText } from '../hash-text.js';
import type { FieldValue } from './field-values.js';
import type { FieldKind, MatchSchema } from './match-schema.js';
import type { RecordTable } from './record-table.js';

/** A block of more records than this is not compared pair by pair; it is left to the other keys. */
export const blockSizeMax = 100;
/** More candidate pairs than this are refused. */
export const candidatePairsMax = 4_000_000;

/** Pairs of records (by position, i < j) that agree in all parts of one key, each once, in order. */
export function candidatePairs(table: RecordTable): [number, number][] {
  const { length } = table.ids;
  const codes = new Set<number>();
  for (const key of table.schema.keys ?? keysByKind(table.schema)) {
    const blocks = Map.groupBy(hashesOf(table, key), ({ hash }) => hash);
    for (const block of blocks.values()) {
      if (block.length < 2 || block.length > blockSizeMax) continue;
      for (const [at, { record: i }] of block.entries())
        for (const { record: j } of block.slice(at + 1))
          if (i !== j) codes.add(Math.min(i, j) * length + Math.max(i, j));
      if (codes.size > candidatePairsMax)
        throw new RangeError(`more than ${candidatePairsMax} candidate pairs`);
    }
  }
  return Array.from(codes)
    .sort((a, b) => a - b)
    .map((code) => [Math.floor(code / length), code % length]);
}

interface KeyHash {
  readonly hash: number;
  readonly record: number;
}

function hashesOf(table: RecordTable, key: readonly string[]): KeyHash[] {
  const found: KeyHash[] = [];
  for (const own of exchanged(key, table.schema)) {
    const parts = own.map((part) => toPart(table, part));
    for (let record = 0; record < table.ids.length; record++) {
      for (const text of combinations(parts.map((part) => part(record))))
        found.push({ hash: hashText(text), record });
    }
  }
  return found;
}

// The key itself, and with fields that people exchange in each other's place: both give the same hashes.
function exchanged(key: readonly string[], { swaps = [] }: MatchSchema): (readonly string[])[] {
  const turned = swaps.map(([one, other]) =>
    key.map((part) => {
      const [name, ...how] = part.split(':');
      const turnedName = name === one ? other : name === other ? one : name;
      return [turnedName, ...how].join(':');
    }),
  );
  return [key, ...turned.filter((own) => own.join() !== key.join())];
}

const combinationsMax = 16;

// A part may give several words; a part without any gives no key.
function combinations(parts: readonly (readonly string[])[]): string[] {
  return parts.reduce<string[]>(
    (texts, words) =>
      texts.flatMap((text) => words.map((word) => `${text}|${word}`)).slice(0, combinationsMax),
    [''],
  );
}

type KeyPart = (record: number) => readonly string[];

function toPart(table: RecordTable, part: string): KeyPart {
  const [name = '', how = ''] = part.split(':');
  const at = table.schema.fields.findIndex((field) => field.name === name);
  if (at < 0) throw new RangeError(`key part "${part}" names no field`);
  const shorten = shortening(how, table.wordBits[at] ?? (() => 0));
  return (record) => {
    const value = table.values[at]?.[record];
    return value ? shorten(value).filter((text) => text !== '') : [];
  };
}

function shortening(how: string, bits: (word: string) => number): (value: FieldValue) => string[] {
  if (/^\d+$/.test(how)) return ({ text }) => [text.replaceAll(' ', '').slice(0, Number(how))];
  if (/^last\d+$/.test(how)) return ({ text }) => [text.slice(-Number(how.slice(4)))];
  switch (how) {
    case '':
      return ({ text }) => [text.replaceAll(' ', '')];
    case 'sound':
      return ({ text }) => [consonants(text)];
    case 'year':
      return ({ words }) => [words[0] ?? ''];
    case 'monthday':
      return ({ words }) => [words.slice(1).join('')];
    case 'sorted':
      return ({ words }) => [words.toSorted().join('')];
    case 'rarest':
      return ({ words }) => rarest(words, bits).slice(0, 1);
    case 'rare2':
      return ({ words }) => rarest(words, bits).slice(0, 2);
    case 'words':
      return ({ words }) => [...words];
    case 'digits':
      return ({ words }) => words.filter((word) => /^\d+$/.test(word)).slice(0, 1);
    default:
      throw new RangeError(`a key cannot be shortened by "${how}"`);
  }
}

function rarest(words: readonly string[], bits: (word: string) => number): string[] {
  return [...new Set(words)].sort((a, b) => bits(b) - bits(a) || (a < b ? -1 : 1));
}

// First letter and the consonants behind it, doubled ones once: "Jansen" and "Janssen".
function consonants(text: string): string {
  const letters = text
    .replace(/[^a-z0-9]/g, '')
    .replace(/ph/g, 'f')
    .replace(/[cq]/g, 'k')
    .replace(/z/g, 's');
  return (letters.slice(0, 1) + letters.slice(1).replace(/[aeiouyhw]/g, ''))
    .replace(/(.)\1+/g, '$1')
    .slice(0, 6);
}

const strongKinds: ReadonlySet<FieldKind> = new Set(['code', 'phone', 'email', 'website', 'date']);

/** Keys for a schema that names none: each strong field alone, and every two of the others shortened. */
export function keysByKind({ fields }: MatchSchema): string[][] {
  const strong = fields.filter(({ kind }) => strongKinds.has(kind)).map(({ name }) => [name]);
  const others = fields
    .filter(({ kind }) => kind === 'name' || kind === 'words')
    .map(({ name, kind }) => (kind === 'name' ? `${name}:sound` : `${name}:rarest`));
  const twos = others.flatMap((one, at) => others.slice(at + 1).map((other) => [one, other]));
  const alone = others.length === 1 ? [others] : [];
  return [...strong, ...twos, ...alone];
}
