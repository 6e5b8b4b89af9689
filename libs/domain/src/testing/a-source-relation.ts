import { asId, type AdministrationId, type SourceRelationId } from '../kernel/index.js';
import type { LocalValues, SharedValues, SourceRelation } from '../relations/index.js';

/** What a spec may say of an account; the rest is an ordinary customer. */
export interface SourceFacts {
  readonly id: string;
  readonly administrationId: AdministrationId;
  readonly shared?: Partial<SharedValues>;
  readonly local?: Partial<LocalValues>;
  readonly over?: Partial<SourceRelation>;
}

const nothing: SharedValues = {
  name: 'Bakker Bouw B.V.',
  tradeName: null,
  kvk: null,
  vat: null,
  rsin: null,
  address: null,
  email: null,
  phone: null,
  website: null,
};

const ordinary: LocalValues = {
  code: null,
  status: 'C',
  isSupplier: false,
  isBlocked: false,
  startsOn: null,
  endsOn: null,
  paymentConditionSales: null,
  paymentConditionPurchase: null,
  salesVatCode: null,
  purchaseVatCode: null,
  creditLineSales: null,
  language: null,
};

/** An account of an administration. */
export function aSourceRelation(facts: SourceFacts): SourceRelation {
  const shared = { ...nothing, ...facts.shared };
  const local = { ...ordinary, ...facts.local };
  return {
    id: asId<SourceRelationId>(facts.id),
    administrationId: facts.administrationId,
    exactId: facts.id,
    rowVersion: 1n,
    fields: { shared, local },
    base: null,
    isCustomer: local.status === 'C',
    isSupplier: local.isSupplier,
    isOwnCompany: false,
    isBlocked: local.isBlocked,
    state: 'present',
    contentHash: JSON.stringify([shared, local]),
    modifiedAt: null,
    changedAt: new Date('2026-11-25T08:00:00Z'),
    ...facts.over,
  };
}

/** An address of one line, postcode and town. */
export function anAddress(line1: string, postcode: string | null = null, city: string | null = null) {
  return { line1, line2: null, line3: null, postcode, city, state: null, country: 'NL' };
}
