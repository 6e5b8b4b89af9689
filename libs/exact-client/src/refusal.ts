/** Why a business rule of Exact refused a write, as far as its text tells. */
export type RefusalKind =
  'already-exists' | 'unknown-code' | 'ledger-account' | 'period-closed' | 'not-customer-or-supplier';

const codes = [
  'Betalingsconditie|Payment condition',
  'Btw-code|VAT code',
  'Dagboek|Journal',
  'Grootboekrekening|G/L account',
  'Kostenplaats|Cost cent(?:er|re)',
  'Kostendrager|Cost unit',
].join('|');

/** Exact's texts in Dutch and English (specification, sections 2.6 and 3.8); whatever is added to them says what it is about. */
const texts: readonly (readonly [pattern: RegExp, kind: RefusalKind])[] = [
  [/^(?:Gegeven bestaat reeds|(?:Data|Record) already exists)\b/i, 'already-exists'],
  [new RegExp(`^(?:Ongeldige referentie|Invalid reference):\\s*(?:${codes})\\b`, 'i'), 'unknown-code'],
  [/^(?:Ongeldig grootboekrekeningtype|Invalid G\/L account type)\b/i, 'ledger-account'],
  [/^(?:Geblokkeerd:\s*Grootboekrekening|Blocked:\s*G\/L account)\b/i, 'ledger-account'],
  [/^(?:Periode is afgesloten|Period is closed)\b/i, 'period-closed'],
  [
    /^(?:Relatie is geen (?:klant|leverancier)|Account is not a (?:customer|supplier))\b/i,
    'not-customer-or-supplier',
  ],
];

/**
 * What a refusal's text (`validation.message`) is about, undefined for an unknown one. Texts are translated and change: this may choose what
 * people are told and offered, never whether something is tried again.
 */
export function refusalKindOf(message: string): RefusalKind | undefined {
  return texts.find(([pattern]) => pattern.test(message.trim()))?.[1];
}
