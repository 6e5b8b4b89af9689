import { normaliseKvk, normaliseVat } from './matching/index.js';

/** What an account says of its registration, as the source gave it. */
export interface Registered {
  readonly kvk: string | null;
  readonly vat: string | null;
}

/** Whether two accounts name one KvK number, or one valid VAT number. */
export function sharesRegistration(one: Registered, other: Registered): boolean {
  const kvk = normaliseKvk(one.kvk);
  if (kvk !== null && kvk === normaliseKvk(other.kvk)) return true;
  const [vat, otherVat] = [normaliseVat(one.vat), normaliseVat(other.vat)];
  return vat !== null && vat.country === otherVat?.country && vat.root === otherVat.root;
}

/** Splits into parts within which everyone shares a registration with another one; who shares none is a part alone. */
export function partsByRegistration<T>(items: readonly T[], registered: (item: T) => Registered): T[][] {
  let parts: T[][] = [];
  for (const item of items) {
    const isKin = (part: readonly T[]) =>
      part.some((other) => sharesRegistration(registered(item), registered(other)));
    const kin = parts.filter(isKin);
    parts = [...parts.filter((part) => !kin.includes(part)), [...kin.flat(), item]];
  }
  return parts;
}
