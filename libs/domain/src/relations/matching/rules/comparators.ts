import type { NumberLevel, VatLevel } from '../compare.js';
import { editsBetween } from '../edit-distance.js';
import type { Features } from '../features.js';
import type { VatNumber } from '../normalise-identifiers.js';

/** Compares two values of one field; empty says nothing. Symmetric. */
export type CompareTexts = (a: string | null, b: string | null) => NumberLevel;

/** Comparators of texts, by the names that a schema gives them. */
export const comparators: Readonly<Record<string, CompareTexts>> = {
  exact: compareExactly,
  'number-with-slips': compareNumbers,
  phone: comparePhones,
};

/** What a field that the schema leaves out says. */
export const notCompared: CompareTexts = () => 'unknown';

function compareExactly(a: string | null, b: string | null): NumberLevel {
  if (!a || !b) return 'unknown';
  return a === b ? 'equal' : 'different';
}

const phoneTail = 8;

/** Whether two numbers are one, a country's trunk or area code aside. */
export function isPhoneSame(a: string, b: string): boolean {
  return a === b || (a.slice(0, 3) === b.slice(0, 3) && a.slice(-phoneTail) === b.slice(-phoneTail));
}

function comparePhones(a: string | null, b: string | null): NumberLevel {
  if (a === null || b === null) return 'unknown';
  return isPhoneSame(a, b) ? 'equal' : 'different';
}

/** Compares two numbers; one wrong or lost digit is a slip. */
export function compareNumbers(a: string | null, b: string | null): NumberLevel {
  if (a === null || b === null) return 'unknown';
  if (a === b) return 'equal';
  return editsBetween(a, b) === 1 || isOneDigitLost(a, b) || isOneDigitLost(b, a) ? 'near' : 'different';
}

// Seven digits are read as a number that lost its leading zero; it may have lost another one.
function isOneDigitLost(padded: string, whole: string): boolean {
  if (!padded.startsWith('0')) return false;
  const digits = padded.slice(1);
  let at = 0;
  while (at < digits.length && digits[at] === whole[at]) at++;
  return digits.slice(at) === whole.slice(at + 1);
}

/** How two VAT numbers relate. A sole trader's new number is related to nothing, so against an old one it says nothing. */
export function compareVat(a: VatNumber | null, b: VatNumber | null): VatLevel {
  if (a === null || b === null) return 'unknown';
  if (a.country !== b.country || a.kind !== b.kind) return 'unrelated';
  if (a.root !== b.root) return 'different';
  return a.suffix === b.suffix ? 'equal' : 'suffix';
}

/** The account that two records share and that the fewest use; null when they share none. */
export function sharedIban(a: Features, b: Features): { value: string; stems: number } | null {
  let best: { value: string; stems: number } | null = null;
  a.ibans.forEach((value, atA) => {
    const atB = b.ibans.indexOf(value);
    if (atB < 0) return;
    const stems = Math.max(a.shared.ibans[atA] ?? 1, b.shared.ibans[atB] ?? 1);
    if (!best || stems < best.stems) best = { value, stems };
  });
  return best;
}
