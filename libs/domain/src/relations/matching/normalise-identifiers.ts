import { isValidIBAN } from 'ibantools';
import { vatChecks } from './foreign-vat.js';
import { isFillerNumber, isPlaceholder } from './junk-values.js';

/** A VAT number that passed its check. `root` is the number without country and suffix. */
export interface VatNumber {
  readonly country: string;
  readonly root: string;
  /** The two digits behind the B of a Dutch number; empty elsewhere. */
  readonly suffix: string;
  /** Dutch only: `entity` roots are RSINs, `sole-trader` numbers (since 2020) are related to nothing else. */
  readonly kind: 'entity' | 'sole-trader' | 'foreign';
}

/** What became of an identifier: proof, a slip of the pen or other nonsense, or nothing at all. */
export type IdentifierState = 'valid' | 'invalid' | 'absent';

const defaultCountry = 'NL';

/**
 * KvK number as 8 digits, leading zero restored; null when absent, filler or malformed. A 12-digit branch number
 * behind it is not part of the number. Source: kvk.nl, "Numbers in the Business Register"; there is no check digit.
 */
export function normaliseKvk(text: string | null | undefined): string | null {
  if (isPlaceholder(text)) return null;
  const digits = leadingDigits((text ?? '').replace(decimals, ''));
  if (digits.length < 7 || digits.length > 8) return null;
  const padded = digits.padStart(8, '0');
  return isFillerNumber(digits) || isFillerNumber(padded) ? null : padded;
}

/** What a spreadsheet makes of a number: "12345674.0". */
const decimals = /(?<=^\s*\d{7,8})[.,]0+\s*$/;

/** The 12-digit branch number (vestigingsnummer) that stands behind a KvK number, or null. */
export function normaliseKvkBranch(text: string | null | undefined): string | null {
  const groups = (text ?? '').match(/\d{12}(?!\d)/);
  return groups && !isFillerNumber(groups[0]) ? groups[0] : null;
}

// "KvK 1234 5678 / 000012345678": the number is what comes before the branch, blanks and points aside.
function leadingDigits(text: string): string {
  const withoutBranch = text.replace(/\d{12}(?!\d)/, '').replace(/[\s.\-]/g, '');
  return /\d+/.exec(withoutBranch)?.[0] ?? '';
}

/** RSIN (9 digits, eleven test), or null when it is absent or fails its check. */
export function normaliseRsin(text: string | null | undefined): string | null {
  const digits = (text ?? '').replace(/\D/g, '');
  if (digits.length < 8 || digits.length > 9) return null;
  const padded = digits.padStart(9, '0');
  return !isFillerNumber(padded) && passesElevenTest(padded) ? padded : null;
}

/**
 * A VAT number that passes the check of its country, or null. Dutch numbers pass by the eleven test (root is the RSIN)
 * or by mod 97 over the whole string (sole traders since 2020); source: ondernemersplein.kvk.nl.
 * A number without letters in front is read as one of `country`.
 */
export function normaliseVat(
  text: string | null | undefined,
  country: string | null = null,
): VatNumber | null {
  if (isPlaceholder(text)) return null;
  const compact = (text ?? '')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/^(BTW|VAT|TVA)(NUMMER|NR|NO(?=[A-Z]{2}))?/, '');
  const home = (country ?? defaultCountry).toUpperCase();
  const prefixed = /^[A-Z]{2}/.test(compact) ? compact : home + compact;
  const code = prefixed.slice(0, 2);
  const number = prefixed.slice(2);
  if (number.length < 7 || isFillerNumber(number.replace(/\D/g, ''))) return null;
  return code === 'NL' ? dutchVat(number) : foreignVat(code, number);
}

/** Whether a VAT field says something, and whether that passes its check (case C11: kept, shown, no proof). */
export function vatState(text: string | null | undefined, country: string | null): IdentifierState {
  if (isPlaceholder(text)) return 'absent';
  return normaliseVat(text, country) ? 'valid' : 'invalid';
}

function dutchVat(number: string): VatNumber | null {
  const parts = /^(\d{9})B(\d{2})$/.exec(number);
  if (!parts?.[1] || !parts[2] || isFillerNumber(parts[1]) || parts[2] === '00') return null;
  const [, root, suffix] = parts;
  if (passesMod97(`NL${number}`)) {
    // About one number in a hundred passes both tests; suffix 01-09 is how legal entities are numbered.
    const isEntity = passesElevenTest(root) && suffix.startsWith('0');
    return { country: 'NL', root, suffix, kind: isEntity ? 'entity' : 'sole-trader' };
  }
  return passesElevenTest(root) ? { country: 'NL', root, suffix, kind: 'entity' } : null;
}

function foreignVat(country: string, number: string): VatNumber | null {
  const root = country === 'BE' ? number.padStart(10, '0') : number;
  if (vatChecks.get(country)?.(root).isValid !== true) return null;
  return { country, root, suffix: '', kind: 'foreign' };
}

/** An IBAN in compact upper case, or null when it is absent or fails mod 97 or its country's length. */
export function normaliseIban(text: string | null | undefined): string | null {
  const compact = (text ?? '')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/^IBAN(NUMMER|NR)?/, '');
  if (compact.length < 15) return null;
  if (isValidIBAN(compact)) return compact;
  const bare = ibanInFront.exec(compact)?.[0] ?? '';
  return bare !== '' && bare !== compact && isValidIBAN(bare) ? bare : null;
}

/** A Dutch, Belgian or German account with something behind it, such as the holder's name. */
const ibanInFront = /^(NL\d{2}[A-Z]{4}\d{10}|BE\d{14}|DE\d{20})/;

// Weights 9..2 and -1 for the last digit; the sum must divide by 11.
function passesElevenTest(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < 8; i++) sum += (9 - i) * (digits.charCodeAt(i) - 48);
  return (sum - (digits.charCodeAt(8) - 48)) % 11 === 0;
}

// ISO 7064 as for IBANs, but without moving the country code to the end: letters count 10 to 35.
function passesMod97(text: string): boolean {
  let rest = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    rest = code < 58 ? (rest * 10 + code - 48) % 97 : (rest * 100 + code - 55) % 97;
  }
  return rest === 1;
}
