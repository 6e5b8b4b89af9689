import { err, ok, type Result } from '../kernel/index.js';

/** `zeros`: 000 would make numbers that sort before every other series and is refused (product.md 3.8). */
export type CodeFault = { readonly kind: 'code-malformed'; readonly reason: 'malformed' | 'zeros' };

/** ASCII digits only: other scripts' digits look the same in an invoice number and are not (J08). */
const pattern = /^[0-9]{3}$/;
const highest = 999;

/** Reads a code as somebody typed it; blanks around it do not count. A code is text: `001` never becomes 1. */
export function parseAdministrationCode(text: string): Result<string, CodeFault> {
  const code = text.trim();
  if (!pattern.test(code)) return err({ kind: 'code-malformed', reason: 'malformed' });
  if (code === '000') return err({ kind: 'code-malformed', reason: 'zeros' });
  return ok(code);
}

/**
 * A free code for an administration: its own number in Exact when that has at most three digits, else the lowest free one.
 * Empty when all 999 are taken.
 */
export function suggestCode(exactNumber: string | null, taken: ReadonlySet<string>): string {
  const own = /^[0-9]{1,3}$/.test(exactNumber ?? '') ? (exactNumber ?? '').padStart(3, '0') : '000';
  if (own !== '000' && !taken.has(own)) return own;
  for (let number = 1; number <= highest; number += 1) {
    const code = String(number).padStart(3, '0');
    if (!taken.has(code)) return code;
  }
  return '';
}
