import { groupPhrases } from './name-words.js';

const formLabels: Readonly<Record<string, string>> = {
  bv: 'B.V.',
  nv: 'N.V.',
  vof: 'V.O.F.',
  cv: 'C.V.',
  ev: 'e.V.',
  vve: 'VvE',
  cooperatie: 'coöperatie',
  ek: 'e.K.',
  gmbh: 'GmbH',
  kgaa: 'KGaA',
  gbr: 'GbR',
  gmbhcokg: 'GmbH & Co. KG',
  ltd: 'Ltd.',
  inc: 'Inc.',
  sarl: 'S.à r.l.',
  spa: 'S.p.A.',
  aps: 'ApS',
  spzoo: 'Sp. z o.o.',
  doo: 'd.o.o.',
  sro: 's.r.o.',
};
/** Codes of more letters are words: stichting, maatschap. */
const shortCodeMax = 4;

/** A legal form as people write it: B.V., GmbH & Co. KG, stichting. */
export function formLabel(code: string): string {
  return formLabels[code] ?? (code.length > shortCodeMax ? code : code.toUpperCase());
}

const twoWords: ReadonlyMap<string, string> = new Map(
  [...groupPhrases]
    .filter(([phrase]) => phrase.length > shortCodeMax)
    .map(([phrase, word]) => [word, phrase]),
);

/** Group words as people write them: "beheer + onroerend goed". */
export function groupLabel(group: string): string {
  return group
    .split('+')
    .map((word) => twoWords.get(word) ?? word)
    .join(' + ');
}

const lowerWords: ReadonlySet<string> = new Set(['aan', 'op', 'bij', 'a/d', 'van', 'en']);

/** A place in comparison spelling as people write it: "Bergen op Zoom". */
export function placeLabel(place: string): string {
  return place
    .split(' ')
    .map((word) => (lowerWords.has(word) ? word : word.replace(/^ij|^[a-z]/, (first) => first.toUpperCase())))
    .join(' ');
}
