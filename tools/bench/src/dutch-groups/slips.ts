import type { Dice } from './dice.js';
import type { PartyValues } from './party.js';

/** One slip of the finger in a word of four letters or more. */
export function typo(dice: Dice, text: string): string {
  const at = dice.between(1, Math.max(1, text.length - 2));
  if (text.length < 4) return text;
  const [before, here, next] = [text.slice(0, at), text.charAt(at), text.charAt(at + 1)];
  const rest = text.slice(at + 1);
  return dice.pick([
    before + rest,
    before + here + here + rest,
    before + next + here + text.slice(at + 2),
    before + dice.pick([...'aeinorst']) + rest,
  ]);
}

type Spelling = (name: string, dice: Dice) => string;

// How bookkeepers write one name, each a change that leaves the company the same.
const spellings: readonly Spelling[] = [
  (name) => name.toUpperCase(),
  (name) => name.toLowerCase(),
  (name) => name.replace(/ (B\.V\.|BV|N\.V\.)$/, ''),
  (name) => name.replace(/ (B\.V\.|BV)$/, ' bv'),
  (name) => name.replace(/ (B\.V\.|BV)$/, ' Besloten Vennootschap'),
  (name) => name.replace(/ (B\.V\.|BV)$/, ', B.V.'),
  (name) => name.replace(' & ', ' en ').replace('Gebr. ', 'Gebroeders '),
  (name) => name.replace(' & ', ' + ').replace(' Zn.', ' Zonen'),
  (name) => name.replace(' & ', ' &amp; ').replace("'", '&#39;'),
  (name) =>
    name
      .replace(/\bvan der\b/i, 'v.d.')
      .replace(/\bvan den\b/i, 'v/d')
      .replace(/\bvan de\b/i, 'vd'),
  (name) =>
    name
      .replace('Aannemingsbedrijf', 'Aannemersbedrijf')
      .replace('Installatietechniek', 'Installatie techniek'),
  (name) => name.replace(/^(\S+) (\S+) (.*)$/, '$1$2 $3'),
  (name) => `${name} `.replace(' ', '\u00A0'),
  (name) => `${name.slice(0, 3)}\u200B${name.slice(3)}`,
  (name, dice) => dice.pick(['*', 'ZZ ', '(oud) ', 'NIET GEBRUIKEN ', 'DUBBEL ', '!! ']) + name,
  (name, dice) =>
    `${name} ${dice.pick(['(oud)', '- niet gebruiken', 't.a.v. crediteuren', 'inzake project', '*'])}`,
  (name) => name.slice(0, 50),
  typoInWord,
  typoInWord,
];

export function spellName(dice: Dice, name: string): string {
  if (dice.chance(0.5)) return name;
  return dice.pick(spellings)(name, dice);
}

function typoInWord(name: string, dice: Dice): string {
  const words = name.split(' ');
  const long = words.filter((word) => word.length > 4);
  if (long.length === 0) return name;
  const chosen = dice.pick(long);
  return words.map((word) => (word === chosen ? typo(dice, word) : word)).join(' ');
}

/** What share of the records has a field at all. */
const presence: Readonly<Partial<Record<keyof PartyValues, number>>> = {
  kvk: 0.5,
  vat: 0.45,
  iban: 0.35,
  email: 0.6,
  phone: 0.55,
  website: 0.25,
  street: 0.8,
  postcode: 0.85,
  city: 0.9,
};

/** Leaves out what this bookkeeper never asked for; a street goes with its number. */
export function leaveOut(
  dice: Dice,
  values: PartyValues,
  keeps: readonly (keyof PartyValues)[] = [],
): PartyValues {
  const kept: Record<keyof PartyValues, string> = { ...values };
  for (const [field, share] of Object.entries(presence) as [keyof PartyValues, number][]) {
    if (!dice.chance(share) && !keeps.includes(field)) kept[field] = '';
  }
  if (kept.street === '') kept.houseNumber = '';
  return { ...kept, kind: values.kind };
}

/** Writes the numbers of a record as people do, now and then with a slip. */
export function spellNumbers(dice: Dice, values: PartyValues): PartyValues {
  return {
    ...values,
    kvk: spellKvk(dice, values.kvk),
    vat: dice.chance(0.2) ? values.vat.replace(/^(NL)(\d{4})(\d{2})(\d{3})/, '$1 $2.$3.$4.') : values.vat,
    iban: dice.chance(0.5) ? values.iban.replace(/(.{4})/g, '$1 ').trim() : values.iban,
    phone: spellPhone(dice, values.phone),
    email: dice.chance(0.05) ? values.email.toUpperCase() : values.email,
    website: dice.chance(0.3) ? values.website.replace(/^www\./, 'https://') : values.website,
    street: dice.chance(0.06) ? typo(dice, values.street) : abbreviate(dice, values.street),
    postcode: dice.chance(0.5) ? values.postcode.replace(' ', '') : values.postcode,
    city: dice.chance(0.1) ? values.city.toUpperCase() : values.city,
    country: dice.chance(0.1) && values.country === 'NL' ? '' : values.country,
  };
}

function spellKvk(dice: Dice, kvk: string): string {
  if (kvk === '') return junkNumber(dice);
  if (dice.chance(0.015)) return typo(dice, kvk).replace(/\D/g, '7').slice(0, 8);
  return dice.chance(0.08) ? `${kvk.slice(0, 4)} ${kvk.slice(4)}` : kvk;
}

function junkNumber(dice: Dice): string {
  return dice.chance(0.02) ? dice.pick(['00000000', '12345678', 'n.v.t.', 'onbekend', '-']) : '';
}

function spellPhone(dice: Dice, phone: string): string {
  if (phone === '') return dice.chance(0.01) ? '0000000000' : '';
  if (!phone.startsWith('0') || dice.chance(0.4)) return phone;
  const area = phone.startsWith('06') ? 2 : 3;
  return dice.pick([
    `${phone.slice(0, area)}-${phone.slice(area)}`,
    `+31 (0)${phone.slice(1, area)} ${phone.slice(area)}`,
    `0031${phone.slice(1)}`,
    `${phone.slice(0, area)} ${phone.slice(area, area + 3)} ${phone.slice(area + 3)}`,
  ]);
}

function abbreviate(dice: Dice, street: string): string {
  if (!dice.chance(0.1)) return street;
  return street
    .replace(/straat$/, 'str.')
    .replace('Burgemeester', 'Burg.')
    .replace('Prins ', 'Pr. ');
}
