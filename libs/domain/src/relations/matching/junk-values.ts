import { foldText } from './normalise-text.js';

const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/[|\n]/));

/** Words that people type where they have no value. Extend here: this is the one list (case C01). */
export const placeholderWords: ReadonlySet<string> = list(`
geen|nvt|n v t|n/a|na|none|null|nihil|onbekend|unknown|niet bekend|volgt|leeg|test|x|xx|xxx|xxxx|tbd|todo
invullen|geen email|geen mail|geenmail|geenemail|noemail|nomail|noreply|no-reply|niet|nb|pm|asd|asdf
aanvullen|ntb|keine|aucun`);

/** Names that stand for nobody in particular. */
export const collectiveNames: ReadonlySet<string> = list(`
diversen|divers|diverse|diverse klanten|diverse debiteuren|diverse crediteuren|diverse leveranciers
diverse relaties|debiteuren diversen|crediteuren diversen|overige|overigen|overige debiteuren
overige crediteuren|overige relaties|contante verkoop|contante verkopen|contant|contante klant
contante klanten|contante inkoop|kas|kasverkoop|kasverkopen|kasklant|particulier|particulieren
particuliere klant|particuliere klanten|passant|passanten|baliverkoop|balieverkoop|webshop|webshop klant
klant|klanten|debiteur|crediteur|leverancier|leveranciers|algemeen|tussenrekening|vraagposten
nog in te vullen|pinbetaling|pinbetalingen|verzamelrelatie|verzameldebiteur|verzamelcrediteur|dummy|testklant|test klant|proefklant|niet gebruiken|vervallen|onbekend|prive
privekosten|bankkosten|memoriaal|verschillen|betalingsverschillen`);

/** Names of nothing but these say what is booked there, not who it is: "Overige debiteuren buitenland", "Nog in te delen". */
const collectiveWords: ReadonlySet<string> = new Set(
  `divers diverse diversen overig overige overigen onbekend onbekende algemeen algemene eenmalig eenmalige losse kleine contant
  contante particulier particuliere particulieren debiteur debiteuren crediteur crediteuren klant klanten leverancier
  leveranciers relatie relaties afnemer afnemers personen derden verkoop verkopen inkoop inkopen betaling betalingen kas balie
  toonbank webshop pin verzamel binnenland buitenland nog nader in te uit delen vullen bepalen zoeken verwerken en kunden lieferanten barverkauf
  clients fournisseurs sundry various unknown cash customers suppliers sales`.split(/\s+/),
);

const placeholderLengthMax = Math.max(...[...placeholderWords].map((word) => word.length)) + 8;

/** Whether a text is empty or says in words that there is no value; such a value is no evidence either way. */
export function isPlaceholder(text: string | null | undefined): boolean {
  if (!text) return true;
  // No placeholder has four digits in a row or is that long; most values end here.
  if (/\d{4}/.test(text)) return false;
  if (text.length > placeholderLengthMax && /[a-z0-9]/i.test(text)) return false;
  return isPlaceholderKey(foldText(text));
}

/** As `isPlaceholder`, for a text that is folded already. */
export function isPlaceholderKey(folded: string): boolean {
  if (!/[a-z0-9]/.test(folded)) return true;
  if (folded.length > placeholderLengthMax) return false;
  const hasMarks = /[.\-_*]/.test(folded);
  const words = hasMarks
    ? folded
        .replace(/[.\-_*]/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
    : folded;
  return placeholderWords.has(words) || placeholderWords.has(words.replaceAll(' ', ''));
}

const fillerNumbers: ReadonlySet<string> = new Set(
  '12345678 123456789 1234567890 0123456789 87654321 987654321 9876543210'.split(' '),
);

/** Whether digits are filler: one digit repeated, or the keyboard row up or down. */
export function isFillerNumber(digits: string): boolean {
  return fillerNumbers.has(digits) || /^(\d)\1*$/.test(digits);
}

/** Whether a name (folded, punctuation gone) stands for nobody in particular. */
export function isCollectiveName(words: string): boolean {
  return (
    collectiveNames.has(words) ||
    placeholderWords.has(words) ||
    placeholderWords.has(words.replaceAll(' ', '')) ||
    isOfCollectiveWords(words)
  );
}

// One word alone may be a name after all.
function isOfCollectiveWords(words: string): boolean {
  const first = words.indexOf(' ');
  if (first < 0 || !collectiveWords.has(words.slice(0, first))) return false;
  return words.split(' ').every((word) => collectiveWords.has(word));
}
