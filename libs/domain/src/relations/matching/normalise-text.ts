import anyAscii from 'any-ascii';

const plainAscii = /^[\x20-\x7e]*$/;
// Soft hyphen, zero-width and bidirectional marks, variation selectors, byte order mark, C0 and C1 controls.
const invisible =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/g;
const entity = /&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});/gi;
const textLengthMax = 400;

const namedEntities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  euro: '€',
  ndash: '-',
  mdash: '-',
  eacute: 'é',
  egrave: 'è',
  euml: 'ë',
  ecirc: 'ê',
  iuml: 'ï',
  ouml: 'ö',
  uuml: 'ü',
  auml: 'ä',
  szlig: 'ß',
  oacute: 'ó',
  aacute: 'á',
  ccedil: 'ç',
  rsquo: "'",
  lsquo: "'",
  oslash: 'ø',
  ntilde: 'ñ',
};

/**
 * The comparison form of any text: entities decoded, invisible characters gone, NFKC, lower case, ASCII letters,
 * blanks collapsed. Only ever a key: what is stored and shown stays as the source gave it (case C02).
 */
export function foldText(text: string | null | undefined): string {
  if (!text) return '';
  let folded = text.length > textLengthMax ? text.slice(0, textLengthMax) : text;
  if (folded.includes('&')) folded = folded.replace(entity, decodeEntity).replace(entity, decodeEntity);
  if (plainAscii.test(folded)) {
    const lower = folded.toLowerCase().trim();
    return lower.includes('  ') ? lower.replace(/ +/g, ' ') : lower;
  }
  return anyAscii(folded.normalize('NFKC').replace(invisible, '')).toLowerCase().replace(/\s+/g, ' ').trim();
}

// Decoded twice by the caller, because exports often escape what was escaped already: "&amp;eacute;".
function decodeEntity(whole: string, body: string): string {
  const lower = body.toLowerCase();
  if (!lower.startsWith('#')) return namedEntities[lower] ?? whole;
  const code = lower.startsWith('#x') ? Number.parseInt(lower.slice(2), 16) : Number(lower.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
