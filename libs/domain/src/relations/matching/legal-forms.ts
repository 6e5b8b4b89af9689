/** What a company is in law, as far as its name says so. `family` groups forms that cannot be one another. */
export interface LegalForm {
  readonly code: string;
  readonly family: 'capital' | 'partnership' | 'sole' | 'foundation' | 'association' | 'cooperative' | 'public';
}

const form = (code: string, family: LegalForm['family']): LegalForm => ({ code, family });

const bv = form('bv', 'capital');
const nv = form('nv', 'capital');
const vof = form('vof', 'partnership');
const cv = form('cv', 'partnership');
const maatschap = form('maatschap', 'partnership');
const stichting = form('stichting', 'foundation');
const vereniging = form('vereniging', 'association');
const cooperatie = form('cooperatie', 'cooperative');
const eenmanszaak = form('eenmanszaak', 'sole');
const gmbh = form('gmbh', 'capital');
const gmbhCoKg = form('gmbhcokg', 'partnership');
const sarl = form('sarl', 'capital');
const limited = form('ltd', 'capital');

/**
 * Phrases (folded, points gone) and the form they name. Dutch, Belgian and German law, and what else a Dutch
 * bookkeeper meets on invoices. Belgium: BVBA became BV in 2019, SPRL is its French name, so all are one code.
 */
const phrases: Readonly<Record<string, LegalForm>> = {
  bv: bv, 'b v': bv, bvba: bv, sprl: bv, srl: bv, 'besloten vennootschap': bv,
  'besloten vennootschap met beperkte aansprakelijkheid': bv, 'besl venn': bv, ebvba: bv, 'b v b a': bv,
  nv: nv, 'n v': nv, sa: nv, 'naamloze vennootschap': nv, 'societe anonyme': nv,
  vof: vof, 'v o f': vof, 'vennootschap onder firma': vof, snc: vof, firma: vof, fa: vof,
  cv: cv, 'c v': cv, 'commanditaire vennootschap': cv, commv: cv, 'comm v': cv, 'gewone commanditaire vennootschap': cv,
  gcv: cv, scomm: cv,
  maatschap: maatschap, mts: maatschap, 'burgerlijke maatschap': maatschap,
  stichting: stichting, stg: stichting, sticht: stichting,
  vereniging: vereniging, vzw: form('vzw', 'association'), asbl: form('vzw', 'association'),
  ivzw: form('vzw', 'association'), 'e v': form('ev', 'association'), ev: form('ev', 'association'),
  vve: form('vve', 'association'), 'vereniging van eigenaren': form('vve', 'association'),
  'vereniging van eigenaars': form('vve', 'association'),
  cooperatie: cooperatie, coop: cooperatie, 'cooperatie ua': cooperatie, 'cooperatieve ua': cooperatie, ua: cooperatie,
  'cooperatie ba': cooperatie, 'cooperatie wa': cooperatie, cooperatieve: cooperatie, 'coop ua': cooperatie,
  'cooperatieve vereniging': cooperatie, 'cooperatieve vereniging ua': cooperatie, cvba: cooperatie, eg: cooperatie,
  'cooperatie u a': cooperatie, 'coop u a': cooperatie, 'u a': cooperatie,
  eenmanszaak: eenmanszaak, ek: form('ek', 'sole'), 'e k': form('ek', 'sole'), ekfm: form('ek', 'sole'),
  eenmanszk: eenmanszaak,
  gmbh: gmbh, 'g m b h': gmbh, ug: form('ug', 'capital'), 'ug haftungsbeschrankt': form('ug', 'capital'),
  ag: form('ag', 'capital'), kgaa: form('kgaa', 'capital'), se: form('se', 'capital'),
  kg: form('kg', 'partnership'), ohg: form('ohg', 'partnership'), gbr: form('gbr', 'partnership'),
  'gmbh co kg': gmbhCoKg, 'gmbh en co kg': gmbhCoKg, 'gmbh und co kg': gmbhCoKg, 'ug co kg': gmbhCoKg,
  'ag co kg': gmbhCoKg, 'ug en co kg': gmbhCoKg,
  ltd: limited, limited: limited, plc: form('plc', 'capital'), llp: form('llp', 'partnership'), llc: form('llc', 'capital'),
  inc: form('inc', 'capital'), incorporated: form('inc', 'capital'), corp: form('inc', 'capital'),
  sarl: sarl, 's a r l': sarl, sas: form('sas', 'capital'), spa: form('spa', 'capital'), ab: form('ab', 'capital'),
  as: form('as', 'capital'), aps: form('aps', 'capital'), oy: form('oy', 'capital'), sl: form('sl', 'capital'),
  'sp z oo': form('spzoo', 'capital'), 'sp z o o': form('spzoo', 'capital'), doo: form('doo', 'capital'),
  kft: form('kft', 'capital'), sro: form('sro', 'capital'), lda: form('lda', 'capital'),
  gemeente: form('gemeente', 'public'), provincie: form('provincie', 'public'), waterschap: form('waterschap', 'public'),
};

/** Forms that also stand in front of a name; "SA Jansen" or "AS Bouw" would be initials there. */
const leadingForms: ReadonlySet<string> = new Set([
  'stichting', 'stg', 'vereniging', 'vve', 'vereniging van eigenaren', 'vereniging van eigenaars', 'maatschap', 'mts',
  'cooperatie', 'cooperatieve', 'cooperatieve vereniging', 'coop', 'bv', 'nv', 'vof', 'firma', 'fa', 'vzw', 'asbl', 'bvba',
  'besloten vennootschap', 'vennootschap onder firma', 'naamloze vennootschap', 'gemeente', 'provincie', 'waterschap',
  'eenmanszaak', 'commanditaire vennootschap', 'sprl', 'b v', 'v o f', 'burgerlijke maatschap',
]);

const lastWords: ReadonlySet<string> = new Set(Object.keys(phrases).map((phrase) => phrase.split(' ').at(-1) ?? ''));
const firstWords: ReadonlySet<string> = new Set([...leadingForms].map((phrase) => phrase.split(' ')[0] ?? ''));

/** A company still being founded, or in liquidation: says nothing of who it is. */
const statusPhrases: readonly string[] = ['in oprichting', 'in liquidatie', 'io', 'i o', 'il', 'i l'];

const phraseWordsMax = 6;

export interface FormSplit {
  readonly words: readonly string[];
  readonly form: LegalForm | null;
}

/**
 * Takes the legal form off the end or the front of a name (never out of the middle). The rest is never empty: a name
 * that is nothing but a form keeps its words (case C06).
 */
export function splitLegalForm(words: readonly string[]): FormSplit {
  const settled = dropStatus(words);
  const trailing = longestForm(settled, 'end');
  const afterTrailing = trailing ? settled.slice(0, settled.length - trailing.length) : settled;
  const leading = longestForm(afterTrailing, 'front');
  const rest = leading ? afterTrailing.slice(leading.length) : afterTrailing;
  // "Stichting X B.V." is a B.V. that carries the word; the form at the end is the legal one.
  return { words: rest, form: trailing?.form ?? leading?.form ?? null };
}

function dropStatus(words: readonly string[]): readonly string[] {
  for (const phrase of statusPhrases) {
    const length = phrase.includes(' ') ? 2 : 1;
    if (words.length > length + 1 && phrase.endsWith(words.at(-1) ?? '') && words.slice(-length).join(' ') === phrase) return words.slice(0, -length);
  }
  return words;
}

function longestForm(words: readonly string[], side: 'end' | 'front'): { form: LegalForm; length: number } | null {
  const edge = (side === 'end' ? words.at(-1) : words[0]) ?? '';
  if (!(side === 'end' ? lastWords : firstWords).has(edge)) return null;
  for (let length = Math.min(phraseWordsMax, words.length - 1); length > 0; length--) {
    const phrase = (side === 'end' ? words.slice(-length) : words.slice(0, length)).join(' ');
    const found = Object.hasOwn(phrases, phrase) ? phrases[phrase] : undefined;
    if (found && (side === 'end' || leadingForms.has(phrase))) return { form: found, length };
  }
  return null;
}

export type FormRelation = 'equal' | 'unstated' | 'implied' | 'different' | 'incompatible';

/**
 * How two legal forms relate. Missing on one side is neutral, except that a foundation, an association or a
 * partnership is seldom written without the word ("implied"); B.V. against V.O.F. differs; B.V. against Stichting cannot be.
 */
export function compareForms(a: LegalForm | null, b: LegalForm | null): FormRelation {
  if (a && b) {
    if (a.code === b.code) return 'equal';
    if (a.family === b.family) return 'different';
    return isFirm(a) && isFirm(b) ? 'different' : 'incompatible';
  }
  const only = a ?? b;
  return only && (only.family === 'foundation' || only.family === 'association') ? 'implied' : 'unstated';
}

function isFirm(legalForm: LegalForm): boolean {
  return legalForm.family === 'capital' || legalForm.family === 'partnership' || legalForm.family === 'sole';
}
