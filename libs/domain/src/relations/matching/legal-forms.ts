import { variants } from './name-words.js';

/** What a company is in law, as far as its name says so. `family` groups forms that cannot be one another. */
export interface LegalForm {
  readonly code: string;
  readonly family:
    'capital' | 'partnership' | 'sole' | 'foundation' | 'association' | 'cooperative' | 'public';
}

/**
 * Phrases (folded, points gone) and the form they name. Dutch, Belgian and German law, and what else a Dutch
 * bookkeeper meets on invoices. Belgium: BVBA became BV in 2019, SPRL is its French name, so all are one code.
 */
const phrases: Readonly<Record<string, LegalForm>> = Object.fromEntries(
  Object.entries(
    variants(`
bv capital = bv, b v, bvba, sprl, srl, besloten vennootschap,
  besloten vennootschap met beperkte aansprakelijkheid, besl venn, ebvba, b v b a
nv capital = nv, n v, sa, naamloze vennootschap, societe anonyme
vof partnership = vof, v o f, vennootschap onder firma, snc, firma, fa
cv partnership = cv, c v, commanditaire vennootschap, commv, comm v, gewone commanditaire vennootschap,
  gcv, scomm
maatschap partnership = maatschap, mts, burgerlijke maatschap
stichting foundation = stichting, stg, sticht
vereniging association = vereniging
vzw association = vzw, asbl, ivzw
ev association = e v, ev
vve association = vve, vereniging van eigenaren, vereniging van eigenaars
cooperatie cooperative = cooperatie, coop, cooperatie ua, cooperatieve ua, ua, cooperatie ba,
  cooperatie wa, cooperatieve, coop ua, cooperatieve vereniging, cooperatieve vereniging ua, cvba, eg,
  cooperatie u a, coop u a, u a
eenmanszaak sole = eenmanszaak, eenmanszk
ek sole = ek, e k, ekfm
gmbh capital = gmbh, g m b h
ug capital = ug, ug haftungsbeschrankt
ag capital = ag
kgaa capital = kgaa
se capital = se
kg partnership = kg
ohg partnership = ohg
gbr partnership = gbr
gmbhcokg partnership = gmbh co kg, gmbh en co kg, gmbh und co kg, ug co kg, ag co kg, ug en co kg
ltd capital = ltd, limited
plc capital = plc
llp partnership = llp
llc capital = llc
inc capital = inc, incorporated, corp
sarl capital = sarl, s a r l
sas capital = sas
spa capital = spa
ab capital = ab
as capital = as
aps capital = aps
oy capital = oy
sl capital = sl
spzoo capital = sp z oo, sp z o o
doo capital = doo
kft capital = kft
sro capital = sro
lda capital = lda
gemeente public = gemeente
provincie public = provincie
waterschap public = waterschap`),
  ).map(([phrase, text]) => [phrase, readForm(text)]),
);

function readForm(text: string): LegalForm {
  const [code = '', family = 'capital'] = text.split(' ');
  return { code, family: family as LegalForm['family'] }; // the list above has no other words
}

const byCode: ReadonlyMap<string, LegalForm> = new Map(
  Object.values(phrases).map((form) => [form.code, form]),
);

/** The legal form of a code; null for a code that none has. */
export function formByCode(code: string): LegalForm | null {
  return byCode.get(code) ?? null;
}

/** Forms that also stand in front of a name; "SA Jansen" or "AS Bouw" would be initials there. */
const leadingForms: ReadonlySet<string> = new Set(
  `
stichting|stg|vereniging|vve|vereniging van eigenaren|vereniging van eigenaars|maatschap|mts|cooperatie
cooperatieve|cooperatieve vereniging|coop|bv|nv|vof|firma|fa|vzw|asbl|bvba|besloten vennootschap
vennootschap onder firma|naamloze vennootschap|gemeente|provincie|waterschap|eenmanszaak
commanditaire vennootschap|sprl|b v|v o f|burgerlijke maatschap`
    .trim()
    .split(/[|\n]/),
);

const lastWords: ReadonlySet<string> = new Set(
  Object.keys(phrases).map((phrase) => phrase.split(' ').at(-1) ?? ''),
);
const firstWords: ReadonlySet<string> = new Set(
  [...leadingForms].map((phrase) => phrase.split(' ')[0] ?? ''),
);

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
    if (
      words.length > length + 1 &&
      phrase.endsWith(words.at(-1) ?? '') &&
      words.slice(-length).join(' ') === phrase
    )
      return words.slice(0, -length);
  }
  return words;
}

function longestForm(
  words: readonly string[],
  side: 'end' | 'front',
): { form: LegalForm; length: number } | null {
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
