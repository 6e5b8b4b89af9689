/** A visiting address. Chosen and compared as one block, never line by line (C16). */
export interface Address {
  readonly line1: string | null;
  readonly line2: string | null;
  readonly line3: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly state: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
}

/** What all linked administrations share (product.md 3.3). */
export interface SharedValues {
  readonly name: string;
  readonly tradeName: string | null;
  readonly kvk: string | null;
  readonly vat: string | null;
  readonly rsin: string | null;
  readonly address: Address | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly website: string | null;
}

export type SharedField = keyof SharedValues;

/** What belongs to one administration and never spreads. Codes are valid in that administration only. */
export interface LocalValues {
  readonly code: string | null;
  /** Exact's Status: A none, S suspect, P prospect, C customer. */
  readonly status: string | null;
  readonly isSupplier: boolean;
  readonly isBlocked: boolean;
  /** Calendar dates, YYYY-MM-DD. */
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly paymentConditionSales: string | null;
  readonly paymentConditionPurchase: string | null;
  readonly salesVatCode: string | null;
  readonly purchaseVatCode: string | null;
  readonly creditLineSales: number | null;
  readonly language: string | null;
  /** Made anonymous in Exact: it shares nothing any more, and what it said before is erased (product.md 3.20). Left out otherwise. */
  readonly isAnonymised?: true;
}

/** Every field that we keep of an account, trimmed, otherwise as Exact gave it. */
export interface SourceFields {
  readonly shared: SharedValues;
  readonly local: LocalValues;
}

export type FieldClass = 'identity' | 'reach';

/** Each shared field's class; the order is the order of the screens. */
export const sharedFields: Readonly<Record<SharedField, FieldClass>> = {
  name: 'identity',
  tradeName: 'identity',
  kvk: 'identity',
  vat: 'identity',
  rsin: 'identity',
  address: 'reach',
  email: 'reach',
  phone: 'reach',
  website: 'reach',
};

/** The shared fields in the order of the screens. */
export const sharedFieldNames = Object.keys(sharedFields) as readonly SharedField[]; // safe: the record above is exhaustive
