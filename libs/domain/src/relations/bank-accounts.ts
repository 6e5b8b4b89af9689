import { normaliseIban } from './matching/index.js';

/**
 * The bank accounts of a relation: those of all its accounts, each once however it is printed (C12). A number that is no
 * valid IBAN is kept as it stands, without blanks. Sorted.
 */
export function bankAccountsOf(perAccount: readonly (readonly string[])[]): string[] {
  const numbers = perAccount
    .flat()
    .map((text) => normaliseIban(text) ?? text.replace(/\s+/g, '').toUpperCase());
  return [...new Set(numbers)].filter((number) => number !== '').sort();
}
