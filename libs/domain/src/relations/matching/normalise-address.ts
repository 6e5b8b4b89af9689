import { isPlaceholderKey } from './junk-values.js';
import { foldText } from './normalise-text.js';
import { placeKey } from './places.js';

/** An address in parts that can be compared; empty strings stand for unknown parts. */
export interface NormalisedAddress {
  readonly country: string;
  /** Upper case without blanks; Dutch ones are 1234AB, or 1234 when the letters are missing. */
  readonly postcode: string;
  readonly street: string;
  readonly number: string;
  /** bis, a, 2, hs: what follows the house number. */
  readonly addition: string;
  readonly city: string;
  /** A PO box is an address of its own beside the visiting address. */
  readonly isPostbus: boolean;
  /** Identifies one address, additions aside; null when it is not known that well. */
  readonly key: string | null;
}

export interface AddressParts {
  readonly addressLine1: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly country: string | null;
}

// Endings stand behind any name ("Dorpsstr."), words stand alone ("Burg. de Vlugtlaan").
const streetShortcuts = /(strasse|str|pln|ln|kd)(?:\.|\b)|\b(wg|burg|prof|dr|st|mgr|pres|ir|gen)(?:\.|\b)/g;
const streetWords: Readonly<Record<string, string>> = {
  strasse: 'straat',
  str: 'straat',
  pln: 'plein',
  ln: 'laan',
  kd: 'kade',
  wg: 'weg',
  burg: 'burgemeester',
  prof: 'professor',
  dr: 'doctor',
  st: 'sint',
  mgr: 'monseigneur',
  pres: 'president',
  ir: 'ingenieur',
  gen: 'generaal',
};

/** Reads an address. House number and addition are taken from the line; filler gives empty parts. */
export function normaliseAddress(parts: AddressParts): NormalisedAddress {
  const country = foldText(parts.country).toUpperCase().slice(0, 2) || 'NL';
  const written = foldText(parts.addressLine1);
  const line = isPlaceholderKey(written) ? '' : written;
  const isPostbus = /\b(postbus|po box|p\.o\. box|postfach|bp|boite postale|antwoordnummer)\b/.test(line);
  const { street, number, addition } = splitLine(line);
  const address = {
    country,
    postcode: normalisePostcode(parts.postcode, country),
    street: isPostbus ? 'postbus' : streetKey(street),
    number,
    addition,
    city: cityOf(parts.city ?? ''),
    isPostbus,
  };
  return { ...address, key: addressKeyOf(address) };
}

function cityOf(text: string): string {
  const folded = foldText(text);
  return isPlaceholderKey(folded) ? '' : placeKey(folded);
}

// A Dutch postcode with its house number is one address, whatever the street's spelling; elsewhere the street belongs to it.
function addressKeyOf(address: Omit<NormalisedAddress, 'key'>): string | null {
  const { country, postcode, number, street } = address;
  if (!number || (address.isPostbus && !postcode)) return null;
  if (country === 'NL' && postcode.length === 6)
    return `${postcode}-${number}${address.isPostbus ? '-postbus' : ''}`;
  const area = postcode || address.city;
  return area && street ? `${country}-${area}-${street}-${number}` : null;
}

/** A Dutch postcode as 1234AB (or 1234 without valid letters), another country's without blanks; empty for filler. */
export function normalisePostcode(text: string | null, country: string): string {
  const compact = foldText(text)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/^NL(?=\d)/, '');
  if (country !== 'NL') {
    const digits = compact.replace(/^(B|BE|D|DE)(?=\d)/, '');
    return /\d{3}/.test(digits) && !/^(\d)\1+$/.test(digits) ? digits : '';
  }
  // Letters SA, SD and SS are never given out, but two records with one slip of the pen still agree.
  const dutch = /^([1-9]\d{3})([A-Z]{2})?$/.exec(compact) ?? /^([1-9]\d{3})/.exec(compact);
  const digits = dutch?.[1] ?? '';
  return /^(\d)\1+$/.test(digits) && !dutch?.[2] ? '' : digits + (dutch?.[2] ?? '');
}

// "Dorpsstraat 12 bis", "1e Dwarsstraat 4-2", "12, rue Haute": the number is the last one that follows a letter.
function splitLine(line: string): { street: string; number: string; addition: string } {
  const before = line
    .replace(/\s*\(.*?\)/g, '')
    .replace(/,/g, ' ')
    .replace(/\bnr\.?\s+(?=\d)/, '')
    .trim();
  // "Plein 1945 7": a year behind the name of a street is part of that name.
  const dated = /^(.*[a-z.'].*?\b1[5-9]\d\d)\s+(\d{1,5})(?:\s*[-/]?\s*([a-z0-9][a-z0-9\s\-/.]{0,12}))?$/.exec(
    before,
  );
  const dutch =
    dated ?? /^(.*[a-z.'].*?)\s*\b(\d{1,5})(?:\s*[-/\s]?\s*([a-z0-9][a-z0-9\s\-/.]{0,12}))?$/.exec(before);
  if (dutch)
    return {
      street: dutch[1] ?? '',
      number: trimZeros(dutch[2] ?? ''),
      addition: additionKey(dutch[3] ?? ''),
    };
  const french = /^(\d{1,5})\s*([a-z]?)\s+(\D+)$/.exec(before);
  if (french)
    return { street: french[3] ?? '', number: trimZeros(french[1] ?? ''), addition: french[2] ?? '' };
  return { street: before, number: '', addition: '' };
}

function trimZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '');
}

/** House number additions in one spelling: "-2", " 2", "II" stay apart; "a", "A", "-a" meet. */
function additionKey(text: string): string {
  return text
    .replace(/\b(huis|hs)\b/, 'hs')
    .replace(/[^a-z0-9]/g, '')
    .replace(/^(bus|app|apt|unit)/, '');
}

function streetKey(street: string): string {
  const full = street.replace(
    streetShortcuts,
    (_, ending?: string, word?: string) => streetWords[ending ?? word ?? ''] ?? '',
  );
  return full.replace(/[^a-z0-9]+/g, '');
}
