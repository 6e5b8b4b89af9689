import { editsBetween } from './edit-distance.js';
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
const phrases: ReadonlyMap<string, LegalForm> = new Map(
  [
    ...variants(`
bv capital = bv, b v, bvba, sprl, srl, societatea cu raspundere limitata, besloten vennootschap,
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
gmbh capital = gmbh, g m b h, mbh, gesellschaft mit beschrankter haftung
ug capital = ug, ug haftungsbeschrankt
ag capital = ag, aktiengesellschaft
kgaa capital = kgaa
se capital = se
kg partnership = kg
ohg partnership = ohg
gbr partnership = gbr
gmbhcokg partnership = gmbh co kg, gmbh en co kg, gmbh und co kg, ug co kg, ag co kg, ug en co kg
ltd capital = ltd, limited, co ltd, co limited, private limited, pvt ltd
plc capital = plc, public limited co
llp partnership = llp
lp partnership = lp, l p, limited partnership
llc capital = llc, l l c, limited liability co, ooo, obshchestvo s ogranichennoi otvetstvennostyu
jsc capital = jsc, ojsc, cjsc, pjsc, oao, zao, joint stock co, open joint stock co, public joint stock co,
  closed joint stock co, aktsionernoe obshchestvo
inc capital = inc, incorporated, corp, corporation
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
  ].map(([phrase, text]) => [phrase, readForm(text)]),
);

function readForm(text: string): LegalForm {
  const [code = '', family = 'capital'] = text.split(' ');
  return { code, family: family as LegalForm['family'] }; // the list above has no other words
}

const byCode: ReadonlyMap<string, LegalForm> = new Map(
  [...phrases.values()].map((form) => [form.code, form]),
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
commanditaire vennootschap|sprl|b v|v o f|burgerlijke maatschap|srl|societatea cu raspundere limitata|llc|limited liability co|ooo
obshchestvo s ogranichennoi otvetstvennostyu|jsc|ojsc|cjsc|pjsc|oao|zao|joint stock co|open joint stock co|aktsionernoe obshchestvo`
    .trim()
    .split(/[|\n]/),
);

const lastWords: ReadonlySet<string> = new Set(
  [...phrases.keys()].map((phrase) => phrase.split(' ').at(-1) ?? ''),
);
const firstWords: ReadonlySet<string> = new Set(
  [...leadingForms].map((phrase) => phrase.split(' ')[0] ?? ''),
);

/** A company still being founded, or in liquidation: says nothing of who it is. */
const statusPhrases: readonly string[] = ['in oprichting', 'in liquidatie', 'io', 'i o', 'il', 'i l'];

const phraseWordsMax = 6;

/** Forms of other countries that are written without points: with points they are initials ("Jansen A.B."). */
const undotted: ReadonlySet<string> = new Set(['ab', 'as', 'se', 'ag', 'sl', 'lp', 'kg', 'ug', 'oy']);

/** Whether a word at the end of a name, written with points, is somebody's initials though it spells a form. */
export function isInitialsForm(word: string): boolean {
  return undotted.has(word);
}

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
  const afterTrailing = trailing ? settled.slice(0, settled.length - trailing.length) : dropCompany(settled);
  const leading = longestForm(afterTrailing, 'front');
  const rest = leading ? afterTrailing.slice(leading.length) : afterTrailing;
  // "Stichting X B.V." is a B.V. that carries the word; the form at the end is the legal one.
  return { words: rest, form: trailing?.form ?? leading?.form ?? null };
}

const joiners: ReadonlySet<string> = new Set(['en', 'and', 'und', 'et']);

// "The Homs Refinery Company"; "Jansen & Co", in whatever language, has a partner.
function dropCompany(words: readonly string[]): readonly string[] {
  return words.length > 1 && words.at(-1) === 'co' && !joiners.has(words.at(-2) ?? '')
    ? words.slice(0, -1)
    : words;
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
  const isLong = side === 'end' && edge.length >= longFormMin;
  if (!isLong && !(side === 'end' ? lastWords : firstWords).has(edge)) return null;
  for (let length = Math.min(phraseWordsMax, words.length - 1); length > 0; length--) {
    const phrase = (side === 'end' ? words.slice(-length) : words.slice(0, length)).join(' ');
    const found = phrases.get(phrase);
    if (found && (side === 'end' || leadingForms.has(phrase))) return { form: found, length };
    const slip = side === 'end' ? longFormLike(phrase) : null;
    if (slip) return { form: slip, length };
  }
  return null;
}

/** From this length on a phrase with one wrong letter is still that form: "Aktiengeselschaft", "joynt stock company". */
const longFormMin = 12;
const longForms: ReadonlyMap<string, readonly string[]> = Map.groupBy(
  [...phrases.keys()].filter((phrase) => phrase.length >= longFormMin),
  (phrase) => phrase.slice(0, 1),
);

function longFormLike(phrase: string): LegalForm | null {
  if (phrase.length < longFormMin - 1) return null;
  const like = longForms
    .get(phrase.slice(0, 1))
    ?.find((form) => Math.abs(form.length - phrase.length) <= 1 && editsBetween(form, phrase) === 1);
  return like === undefined ? null : (phrases.get(like) ?? null);
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
