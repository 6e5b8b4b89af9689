import { foldText } from '../normalise-text.js';
import type { FieldKind } from './match-schema.js';

/** A value ready to be compared. */
export interface FieldValue {
  /** The whole, in its comparison form. */
  readonly text: string;
  readonly words: readonly string[];
}

const valueWordsMax = 40;
/** What is left of a phone number whether or not the country or the leading zero is written. */
const nationalDigits = 9;

/** The comparison form of a cell; null when it says nothing. */
export function readValue(kind: FieldKind, raw: string): FieldValue | null {
  const folded = foldText(raw);
  if (folded === '' || isNothing(folded)) return null;
  const words = wordsOf(kind, folded);
  const text = kind === 'words' || kind === 'name' ? words.join(' ') : words.join('');
  return text === '' ? null : { text, words };
}

const isNothing = (text: string): boolean =>
  /^(-+|\?+|n\/?a|n\.a\.|none|null|nan|unknown|n\.?v\.?t\.?)$/.test(text);

function wordsOf(kind: FieldKind, text: string): string[] {
  switch (kind) {
    case 'date':
      return dateParts(text);
    case 'phone':
      return [text.replace(/\D/g, '').slice(-nationalDigits)];
    case 'email':
      return [text.replace(/\s/g, '')];
    case 'website':
      return [
        text
          .replace(/^https?:\/\//, '')
          .replace(/^www\./, '')
          .replace(/\/.*$/, ''),
      ];
    case 'code':
    case 'number':
    case 'category':
      return [text.replace(/[^a-z0-9]/g, '').replace(/^0+(?=.)/, '')];
    case 'name':
    case 'words':
      return text
        .replace(/'/g, '')
        .split(/[^a-z0-9]+/)
        .filter((word) => word !== '')
        .slice(0, valueWordsMax);
  }
}

// Year, month and day; a date of another form is one part.
function dateParts(text: string): string[] {
  const iso = /^(\d{4})\D?(\d{1,2})\D?(\d{1,2})(\D.*)?$/.exec(text);
  if (iso) return [iso[1] ?? '', pad(iso[2]), pad(iso[3])];
  const european = /^(\d{1,2})\D(\d{1,2})\D(\d{4})$/.exec(text);
  if (european) return [european[3] ?? '', pad(european[2]), pad(european[1])];
  return [text.replace(/\D/g, '')];
}

const pad = (part = ''): string => part.padStart(2, '0');
