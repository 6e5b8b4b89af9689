import type { Dice } from './dice.js';

/** Gives out numbers that are valid and that nobody else has. */
export class Registry {
  private issued = 0;
  private readonly domains = new Set<string>();
  private readonly names = new Set<string>();

  constructor(private readonly dice: Dice) {}

  /** Eight digits. Far apart from the one before. */
  kvk(): string {
    return String(10_000_000 + this.spread(7_368_787, 79_999_987)).padStart(8, '0');
  }

  /** Of a legal entity: RSIN (11-test) and suffix. */
  vat(suffix = 1): string {
    return `NL${this.rsin()}B${String(suffix).padStart(2, '0')}`;
  }

  /** Of a sole trader: nine digits and two that make the whole valid by modulo 97. */
  soleTraderVat(): string {
    const digits = String(100_000_000 + this.spread(7_368_787, 799_999_999));
    const check = 98 - mod97(`NL${digits}B00`);
    return `NL${digits}B${String(check).padStart(2, '0')}`;
  }

  iban(): string {
    const bank = this.dice.pick([
      'INGB',
      'RABO',
      'ABNA',
      'SNSB',
      'TRIO',
      'KNAB',
      'BUNQ',
      'ASNB',
      'RBRB',
      'FVLB',
    ]);
    const account = String(100_000_000 + this.spread(7_368_787, 899_999_963)).padStart(10, '0');
    const check = 98 - mod97(`${bank}${account}NL00`);
    return `NL${String(check).padStart(2, '0')}${bank}${account}`;
  }

  landline(areaCode: string): string {
    const length = 10 - areaCode.length;
    const low = 2 * 10 ** (length - 1);
    return `${areaCode}${low + this.spread(736_879, 7 * 10 ** (length - 1) - 1)}`;
  }

  mobile(): string {
    return `06${10_000_000 + this.spread(7_368_787, 79_999_987)}`;
  }

  /** Ten digits, the last two 97 minus the rest modulo 97. */
  belgianNumber(): string {
    const first = 4_000_000 + this.spread(736_879, 3_999_971);
    return `0${first}${String(97 - (first % 97)).padStart(2, '0')}`;
  }

  /** A domain of one's own; the second `jansenbouw` gets a longer one. */
  domain(name: string, country = 'nl'): string {
    const stem = slug(name) || 'bedrijf';
    for (const candidate of [stem, `${stem}-bv`, `${stem}${this.dice.between(2, 9_999_999)}`]) {
      const domain = `${candidate}.${this.dice.chance(0.1) ? 'com' : country}`;
      if (this.domains.has(domain)) continue;
      this.domains.add(domain);
      return domain;
    }
    return `${stem}${++this.issued}.${country}`;
  }

  /** Whether nobody had this name yet; from now on somebody has. */
  claim(name: string): boolean {
    const isFree = !this.names.has(name);
    this.names.add(name);
    return isFree;
  }

  private rsin(): string {
    for (let tries = 0; tries < rsinTriesMax; tries++) {
      const digits = String(80_000_000 + this.spread(736_879, 9_999_991));
      const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (9 - at), 0);
      if (sum % 11 < 10) return `${digits}${sum % 11}`;
    }
    throw new Error('no RSIN passes the 11-test');
  }

  // Steps by a large prime through a prime range: every value once before any comes again.
  private spread(step: number, range: number): number {
    this.issued++;
    return (this.issued * step) % range;
  }
}

const rsinTriesMax = 20;

/** Lower-case letters and digits of a name. */
export function slug(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

// Letters count as 10 to 35, as ISO 7064 has it.
function mod97(text: string): number {
  let rest = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value < 10 ? 10 : 100) + value) % 97;
  }
  return rest;
}
