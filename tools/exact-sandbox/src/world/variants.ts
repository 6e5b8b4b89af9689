import type { Random } from '../random.js';
import type { Party } from './party.js';
import { TRADES } from './vocabulary.js';

const LEGAL_WRITINGS: Readonly<Record<string, readonly string[]>> = {
  'B.V.': ['BV', 'b.v.', 'B.V', '', 'Besloten Vennootschap', 'bv'],
  'V.O.F.': ['VOF', 'v.o.f.', 'V.o.f.', ''],
  'N.V.': ['NV', 'n.v.'],
  'C.V.': ['CV', 'c.v.'],
};
const ZERO_WIDTH = '\u200b';

type Change = (name: string, party: Party, random: Random) => string;

/** The ways in which people write one name differently; each is used about equally often. */
const CHANGES: readonly Change[] = [
  (name) => name.replace(' & ', ' en '),
  (name) => name.replace(' & ', '&'),
  (name) => name.replace(' & ', ' + '),
  (name) => name.replace('Gebr. ', 'Gebroeders '),
  (name) => name.replace(/\bvan der\b/i, 'v.d.').replace(/\bvan de\b/i, 'v/d'),
  (name, { prefix, lastName, kind }) =>
    kind === 'person' && prefix !== '' ? `${lastName}, ${prefix}` : name,
  (name, { firstName, prefix, lastName, kind }) =>
    kind === 'person' ? `${firstName.slice(0, 1)}. ${prefix === '' ? '' : `${prefix} `}${lastName}` : name,
  (name) => name.toUpperCase(),
  (name) => name.toLowerCase(),
  (name) => name.replace(' ', '  '),
  (name) => name.slice(0, 3) + ZERO_WIDTH + name.slice(3),
  (name) => ` ${name}`,
  (name) => name.normalize('NFD').replace(/\p{M}/gu, ''),
  (name) => name.replace(/e/, 'é'),
  (name, _party, random) => typo(name, random),
  (name, _party, random) => typo(name, random),
  shortenTrade,
  (name, { firstName, lastName, kind }) =>
    kind === 'sole-trader' ? `${firstName.slice(0, 1)}. ${lastName} h.o.d.n. ${name}` : name,
  (name) => name.replace(/-/g, ' '),
];

/** The full name as it is registered. */
export function officialName(party: Party): string {
  return party.legalForm === '' ? party.name : `${party.name} ${party.legalForm}`;
}

/** The name as somebody typed it: often right, sometimes not. */
export function writtenName(party: Party, random: Random): string {
  const legal = legalWriting(party, random);
  let { name } = party;
  if (random.chance(0.35)) name = random.pick(CHANGES)(name, party, random);
  if (random.chance(0.06)) name = random.pick(CHANGES)(name, party, random);
  return legal === '' ? name : `${name} ${legal}`;
}

function legalWriting(party: Party, random: Random): string {
  const writings = LEGAL_WRITINGS[party.legalForm];
  return writings && random.chance(0.45) ? random.pick(writings) : party.legalForm;
}

function shortenTrade(name: string): string {
  for (const [long, short] of TRADES) if (name.includes(long)) return name.replace(long, short);
  return name;
}

/** One slip of the finger: two letters swapped, one lost, or one doubled. */
export function typo(text: string, random: Random): string {
  if (text.length < 5) return text;
  const at = 1 + random.int(text.length - 3);
  switch (random.int(3)) {
    case 0:
      return text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
    case 1:
      return text.slice(0, at) + text.slice(at + 1);
    default:
      return text.slice(0, at) + text.charAt(at) + text.slice(at);
  }
}

/** A telephone number the way people write it down. */
export function writtenPhone(digits: string, random: Random): string {
  if (digits === '') return '';
  const cut = digits.startsWith('06') ? 2 : digits.startsWith('0') && digits.length === 10 ? 3 : 4;
  switch (random.int(5)) {
    case 0:
      return `${digits.slice(0, cut)}-${digits.slice(cut)}`;
    case 1:
      return `+31 (0)${digits.slice(1, cut)} ${digits.slice(cut)}`;
    case 2:
      return `+31${digits.slice(1)}`;
    case 3:
      return `${digits.slice(0, cut)} ${digits.slice(cut, cut + 3)} ${digits.slice(cut + 3)}`;
    default:
      return digits;
  }
}

/** A VAT number as typed: sometimes with dots, blanks or small letters. */
export function writtenVat(vat: string, random: Random): string {
  if (vat === '' || !random.chance(0.12)) return vat;
  switch (random.int(3)) {
    case 0:
      return `${vat.slice(0, 2)}${vat.slice(2, 6)}.${vat.slice(6, 8)}.${vat.slice(8, 11)}.${vat.slice(11)}`;
    case 1:
      return `${vat.slice(0, 2)} ${vat.slice(2)}`;
    default:
      return vat.toLowerCase();
  }
}

/** A postcode as typed: with or without its blank. */
export function writtenPostcode(postcode: string, random: Random): string {
  if (random.chance(0.25)) return postcode.replace(' ', '');
  return random.chance(0.05) ? postcode.toLowerCase() : postcode;
}
