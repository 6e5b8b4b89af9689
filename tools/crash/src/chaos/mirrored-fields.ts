import type { ShownRecord } from '@koppel/exact-sandbox';

/** What is known of a record, by the name that Koppel has for it. */
export type Facts = Readonly<Record<string, unknown>>;

/**
 * What Koppel must know of each record, out of what Exact shows. Written down a second time, and beside nothing of the product, so that a
 * field which goes the wrong way there is seen here.
 */
export const mirrored = {
  Accounts: (record: ShownRecord): Facts => {
    const { text, isSet, day, amount } = readersOf(record);
    return {
      name: text('Name'),
      code: text('Code'),
      isCustomer: text('Status') === 'C',
      isSupplier: isSet('IsSupplier'),
      isBlocked: isSet('Blocked'),
      endsOn: day('EndDate'),
      'shared.name': text('Name'),
      'shared.tradeName': text('TradeName'),
      'shared.kvk': text('ChamberOfCommerce'),
      'shared.vat': text('VATNumber'),
      'shared.rsin': text('RSIN'),
      'shared.address': addressOf(record),
      'shared.email': text('Email'),
      'shared.phone': text('Phone'),
      'shared.website': text('Website'),
      'local.code': text('Code'),
      'local.status': text('Status'),
      'local.isSupplier': isSet('IsSupplier'),
      'local.isBlocked': isSet('Blocked'),
      'local.startsOn': day('StartDate'),
      'local.endsOn': day('EndDate'),
      'local.paymentConditionSales': text('PaymentConditionSales'),
      'local.paymentConditionPurchase': text('PaymentConditionPurchase'),
      'local.salesVatCode': text('SalesVATCode'),
      'local.purchaseVatCode': text('PurchaseVATCode'),
      'local.creditLineSales': amount('CreditLineSales'),
      'local.language': text('Language'),
      ...(isSet('IsAnonymised') && { 'local.isAnonymised': true }),
    };
  },
  Contacts: (record: ShownRecord): Facts => {
    const { text, isSet, day } = readersOf(record);
    return {
      account: text('Account'),
      fullName: text('FullName'),
      firstName: text('FirstName'),
      middleName: text('MiddleName'),
      lastName: text('LastName'),
      initials: text('Initials'),
      jobTitle: text('JobTitleDescription'),
      language: text('Language'),
      email: text('BusinessEmail') ?? text('Email'),
      phone: text('BusinessPhone') ?? text('Phone'),
      mobile: text('BusinessMobile') ?? text('Mobile'),
      isMain: isSet('IsMainContact'),
      startsOn: day('StartDate'),
      endsOn: day('EndDate'),
      ...(isSet('IsAnonymised') && { isAnonymised: true }),
    };
  },
  Addresses: (record: ShownRecord): Facts => {
    const { text, isSet } = readersOf(record);
    return {
      account: text('Account'),
      type: ['visit', 'postal', 'invoice', 'delivery'][Number(record.says('Type')) - 1] ?? 'other',
      isMain: isSet('Main'),
      ...linesOf(record),
      mailbox: text('Mailbox'),
      phone: text('Phone'),
    };
  },
  BankAccounts: (record: ShownRecord): Facts => {
    const { text, isSet } = readersOf(record);
    return {
      account: text('Account'),
      iban: text('IBAN'),
      number: text('BankAccount'),
      bic: text('BICCode'),
      holder: text('BankAccountHolderName'),
      description: text('Description'),
      isMain: isSet('Main'),
      isBlocked: isSet('Blocked'),
    };
  },
  GLAccounts: (record: ShownRecord): Facts => {
    const { text, amount } = readersOf(record);
    return {
      ...masterOf(record, 'IsBlocked'),
      type: amount('Type'),
      balanceSide: text('BalanceSide'),
      balanceType: text('BalanceType'),
      useCostCenter: amount('UseCostcenter'),
      useCostUnit: amount('UseCostunit'),
      vatCode: text('VATCode'),
    };
  },
  Journals: (record: ShownRecord): Facts => {
    const { text, amount } = readersOf(record);
    return {
      ...masterOf(record, 'IsBlocked'),
      type: amount('Type'),
      currency: text('Currency'),
      glAccountCode: text('GLAccountCode'),
    };
  },
  VATCodes: (record: ShownRecord): Facts => {
    const { text, isSet, amount } = readersOf(record);
    return {
      ...masterOf(record, 'IsBlocked'),
      percentage: amount('Percentage'),
      vatType: text('Type'),
      vatTransaction: text('VATTransactionType'),
      isReverseCharge: isSet('Charged'),
      country: text('Country'),
    };
  },
  PaymentConditions: (record: ShownRecord): Facts => {
    const { text, amount } = readersOf(record);
    return {
      ...masterOf(record),
      paymentDays: amount('PaymentDays'),
      paymentEndOfMonths: amount('PaymentEndOfMonths'),
      paymentMethod: text('PaymentMethod'),
    };
  },
  Costcenters: (record: ShownRecord): Facts => {
    const isBlocked = record.says('Active') === false;
    return { ...masterOf(record), isBlocked, endsOn: readersOf(record).day('EndDate') };
  },
  Costunits: (record: ShownRecord): Facts => {
    return { ...masterOf(record), endsOn: readersOf(record).day('EndDate') };
  },
} as const;

function masterOf(record: ShownRecord, blocked?: string): Facts {
  const { text, isSet } = readersOf(record);
  const isBlocked = blocked !== undefined && isSet(blocked);
  return { code: text('Code'), description: text('Description') ?? '', isBlocked };
}

/** Nothing at all when the country alone is known: Exact fills that in by itself. */
function addressOf(record: ShownRecord): Facts | null {
  const { country, ...lines } = linesOf(record);
  return Object.values(lines).every((line) => line === null) ? null : { ...lines, country };
}

function linesOf(record: ShownRecord) {
  const { text } = readersOf(record);
  return {
    line1: text('AddressLine1'),
    line2: text('AddressLine2'),
    line3: text('AddressLine3'),
    postcode: text('Postcode'),
    city: text('City'),
    state: text('State'),
    country: text('Country'),
  };
}

function readersOf({ says }: ShownRecord) {
  return {
    text: (property: string) => clean(says(property)),
    isSet: (property: string) => says(property) === true || says(property) === 1,
    amount: (property: string) => says(property) ?? null,
    day: (property: string) => {
      const at = says(property);
      return typeof at === 'number' ? new Date(at).toISOString().slice(0, 10) : null;
    },
  };
}

/** As the client cleans it: what cannot be stored is taken out, the rest trimmed; nothing is nothing. */
function clean(value: unknown): string | null {
  const text = typeof value === 'string' ? value.replace(/[\0\p{Surrogate}]/gu, '').trim() : '';
  return text === '' ? null : text;
}
