import { describe, expect, it } from 'vitest';
import type { SyncAccount } from '@koppel/exact-client';
import { toAccountRow, toAccountRows } from './to-account-row.js';
import { toExactPatch } from './exact-write-source.js';

const nothing = Object.fromEntries(
  [
    ...[
      'SearchCode',
      'TradeName',
      'StartDate',
      'EndDate',
      'ChamberOfCommerce',
      'VATNumber',
      'RSIN',
      'OINNumber',
      'GlnNumber',
    ],
    ...[
      'PeppolIdentifier',
      'Email',
      'Phone',
      'Website',
      'AddressLine1',
      'AddressLine2',
      'AddressLine3',
      'Postcode',
      'City',
    ],
    ...['State', 'Country', 'Language', 'MainContact', 'Parent', 'InvoiceAccount', 'PaymentConditionSales'],
    ...['PaymentConditionPurchase', 'SalesVATCode', 'PurchaseVATCode', 'GLAccountSales', 'GLAccountPurchase'],
    ...['CreditLineSales', 'DiscountSales', 'Remarks', 'Created', 'Modified', 'Modifier', 'IsAnonymised'],
  ].map((name) => [name, null]),
);

function anAccount(over: Partial<SyncAccount> = {}): SyncAccount {
  return {
    ...nothing,
    ID: '00000000-0000-4000-8000-000000000001',
    Division: 900_001,
    Timestamp: '9007199254740993',
    Code: '25',
    Name: 'Bakker Bouw B.V.',
    Status: 'C',
    IsSupplier: true,
    IsSales: true,
    Type: 'A',
    Blocked: false,
    ...over,
  } as SyncAccount; // every other field is null
}

describe('an account of Exact as our row', () => {
  it('keeps the row version digit for digit and knows both roles', () => {
    const row = toAccountRow(anAccount(), '9007199254740993');
    expect(row).toMatchObject({
      rowVersion: 9_007_199_254_740_993n,
      isCustomer: true,
      isSupplier: true,
      isBlocked: false,
    });
    expect(toAccountRow(anAccount({ Status: 'A' }), '1').isCustomer).toBe(false);
    expect(toAccountRow(anAccount({ Type: 'D' }), '1').isDivisionAccount).toBe(true);
  });

  it.each([
    ['C', false, { isCustomer: true, isSupplier: false }],
    ['P', true, { isCustomer: false, isSupplier: true }],
    ['S', false, { isCustomer: false, isSupplier: false }],
    ['A', true, { isCustomer: false, isSupplier: true }],
  ])('takes status %s, supplier %s, for %j (C19)', (Status, IsSupplier, roles) => {
    expect(toAccountRow(anAccount({ Status, IsSupplier }), '1')).toMatchObject(roles);
  });

  it('takes an address as a block, and a country alone for no address', () => {
    const at = { AddressLine1: 'Dorpsstraat 1', Postcode: '1234 AB', City: 'Ede', Country: 'NL' };
    expect(toAccountRow(anAccount(at), '1').fields.shared.address).toEqual({
      ...{
        line1: 'Dorpsstraat 1',
        line2: null,
        line3: null,
        postcode: '1234 AB',
        city: 'Ede',
        state: null,
        country: 'NL',
      },
    });
    expect(toAccountRow(anAccount({ Country: 'NL' }), '1').fields.shared.address).toBeNull();
  });

  it('hashes what we keep and nothing else: the same content from another endpoint, at another time, is the same', () => {
    const hash = toAccountRow(anAccount(), '1').contentHash;
    const later = anAccount({ Modified: '2026-11-25T09:00:00.000Z', IsAnonymised: false });
    expect(toAccountRow(later, '9').contentHash).toBe(hash);
    expect(toAccountRow(anAccount({ IsAnonymised: true }), '1').contentHash).not.toBe(hash);
    expect(toAccountRow(anAccount({ Phone: '1' }), '1').contentHash).not.toBe(hash);
  });

  it('rejects what is too long to be meant, by name, and keeps the rest of the page (C04)', () => {
    const { rows, rejected } = toAccountRows([
      anAccount(),
      anAccount({ Name: 'x'.repeat(600) }),
      anAccount({ City: 'y'.repeat(300) }),
    ]);
    expect(rows).toHaveLength(1);
    expect(rejected).toMatchObject([
      { name: `25 ${'x'.repeat(97)}`, reason: { kind: 'too-long', field: 'name', length: 600, limit: 255 } },
      { reason: { kind: 'too-long', field: 'address.city', length: 300 } },
    ]);
  });
});

describe('shared fields as an update of Exact', () => {
  it('names only what is given, and never the code', () => {
    expect(toExactPatch({ name: 'Nieuw', kvk: null, vat: 'NL1' })).toEqual({
      Name: 'Nieuw',
      ChamberOfCommerce: null,
      VATNumber: 'NL1',
    });
    expect(toExactPatch({})).toEqual({});
  });

  it('sends an address whole, also when parts of it are empty (C16)', () => {
    const address = {
      line1: 'Dorpsstraat 1',
      line2: null,
      line3: null,
      postcode: null,
      city: 'Ede',
      state: null,
      country: 'NL',
    };
    expect(toExactPatch({ address })).toEqual({
      ...{ AddressLine1: 'Dorpsstraat 1', AddressLine2: null, AddressLine3: null },
      ...{ Postcode: null, City: 'Ede', State: null, Country: 'NL' },
    });
  });
});
