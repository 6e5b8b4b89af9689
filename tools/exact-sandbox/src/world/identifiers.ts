const KVK_FIRST = 10_000_000;
const KVK_COUNT = 89_999_999;
const KVK_STEP = 48_271_409;
const RSIN_FIRST = 8_000_000;
const RSIN_COUNT = 1_999_993;
const RSIN_STEP = 741_457;
const RSIN_WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2];
/** No bank has this code, so that no invented number can be anybody's. */
const IBAN_BANK = 'TEST';
const IBAN_COUNT = 1_000_000_000;
const IBAN_STEP = 618_033_989;

/** The n-th invented Chamber of Commerce number: eight digits, all different. */
export function kvkNumber(n: number): string {
  return String(KVK_FIRST + multiplyModulo(n, KVK_STEP, KVK_COUNT));
}

/** The n-th invented RSIN: nine digits that pass the 11-test (weights 9 to 2, last digit -1). */
export function rsin(n: number): string {
  const stem = RSIN_FIRST + multiplyModulo(n % RSIN_COUNT, RSIN_STEP, RSIN_COUNT);
  for (let digit = 0; digit < 10; digit += 1) {
    const base = String(stem * 10 + digit);
    const check = RSIN_WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(base[i]), 0) % 11;
    if (check < 10) return base + String(check);
  }
  throw new Error('every stem has a digit that passes the 11-test');
}

/** VAT number of a legal entity: its RSIN with suffix B01. */
export function companyVat(n: number): string {
  return `NL${rsin(n)}B01`;
}

/** VAT number of a sole trader since 2020: mod 97 over the whole text, letters counted as in an IBAN. */
export function soleTraderVat(n: number): string {
  const digits = String(1_000_000_00 + multiplyModulo(n, 7_368_787, 899_999_981)).padStart(9, '0');
  const rest = modulo97(`2321${digits}11`) * 100;
  const check = (98 - (rest % 97)) % 97;
  const suffix = check < 2 ? check + 97 : check;
  return `NL${digits}B${String(suffix).padStart(2, '0')}`;
}

/** The n-th invented Dutch IBAN, valid by mod 97. */
export function iban(n: number): string {
  const account = `0${String(multiplyModulo(n, IBAN_STEP, IBAN_COUNT)).padStart(9, '0')}`;
  const check = 98 - modulo97(`29142829${account}232100`);
  return `NL${String(check).padStart(2, '0')}${IBAN_BANK}${account}`;
}

/** Remainder by 97 of a number given as digits. */
export function modulo97(digits: string): number {
  let rest = 0;
  for (let i = 0; i < digits.length; i += 7) {
    rest = Number(String(rest) + digits.slice(i, i + 7)) % 97;
  }
  return rest;
}

/** n × step modulo count without leaving the exact whole numbers. */
function multiplyModulo(n: number, step: number, count: number): number {
  const high = Math.floor(step / 65_536);
  const low = step % 65_536;
  return (((((n * high) % count) * 65_536) % count) + ((n * low) % count)) % count;
}
