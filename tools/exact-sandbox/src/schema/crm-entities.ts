import { textOf, type Row, type Value } from '../store/rows.js';
import type { Division, TableName } from '../store/division.js';
import { defineEntity } from './entity.js';
import type { Reader } from './edm.js';
import { ACCOUNT_FIELDS, CONTACT_FIELDS } from './fields/crm.js';
import { ADDRESS_FIELDS, BANK_ACCOUNT_FIELDS } from './fields/crm-details.js';

const ACCOUNT_CODE_WIDTH = 18;
const LANGUAGE_WIDTH = 10;
const COUNTRY_WIDTH = 3;
const VAT_CODE_WIDTH = 3;

const COUNTRY_NAMES: Readonly<Record<string, string>> = {
  NL: 'Nederland',
  BE: 'België',
  DE: 'Duitsland',
  FR: 'Frankrijk',
  GB: 'Verenigd Koninkrijk',
  PL: 'Polen',
};

/** The countries that this sandbox knows, by ISO code. */
export const COUNTRY_CODES: readonly string[] = Object.keys(COUNTRY_NAMES);

/** An account's code as Exact shows it: digits, zero-padded as the division is set, then blanks up to 18. */
export function accountCodeText(account: Row | undefined, division: Division): string | null {
  if (typeof account?.$code !== 'number') return null;
  return String(account.$code).padStart(division.profile.codeLength, '0').padStart(ACCOUNT_CODE_WIDTH);
}

const countryName =
  (property: string): Reader =>
  (row) =>
    COUNTRY_NAMES[textOf(row, property)] ?? null;

const masterDescription =
  (table: TableName, property: string): Reader =>
  (row, division) => {
    const code = textOf(row, property);
    return code === '' ? null : (division.master(table, code)?.Description ?? null);
  };

const ofAccount =
  (read: (account: Row, division: Division) => Value): Reader =>
  (row, division) => {
    const account = division.account(row);
    return account ? read(account, division) : null;
  };

const ofReferred =
  (property: string, read: (account: Row, division: Division) => Value): Reader =>
  (row, division) => {
    const number = row[property];
    const account = typeof number === 'number' ? division.tables.Accounts.get(number) : undefined;
    return account ? read(account, division) : null;
  };

const accountGuid: Reader = (row, division) =>
  row.$account < 0 ? null : division.tables.Accounts.guid(row.$account);

export const ACCOUNTS = defineEntity({
  table: 'Accounts',
  path: 'crm/Accounts',
  model: 'Account',
  key: 'ID',
  fields: ACCOUNT_FIELDS,
  references: {
    MainContact: 'Contacts',
    Parent: 'Accounts',
    InvoiceAccount: 'Accounts',
    Accountant: 'Accounts',
    Reseller: 'Accounts',
    AccountManager: 'Users',
    GLAccountSales: 'GLAccounts',
    GLAccountPurchase: 'GLAccounts',
    GLAP: 'GLAccounts',
    GLAR: 'GLAccounts',
  },
  widths: {
    Country: COUNTRY_WIDTH,
    Language: LANGUAGE_WIDTH,
    SalesVATCode: VAT_CODE_WIDTH,
    PurchaseVATCode: VAT_CODE_WIDTH,
  },
  defaults: {
    Type: 'A',
    Status: 'A',
    Source: 2,
    AddressSource: 2,
    AutomaticProcessProposedEntry: 0,
    Blocked: false,
    CanDropShip: false,
    ConsolidationScenario: 6,
    CostPaid: 0,
    CreditLinePurchase: 0,
    CreditLineSales: 0,
    DiscountPurchase: 0,
    DiscountSales: 0,
    EnableSalesPaymentLink: false,
    GlnNumber: '',
    OINNumber: '',
    HasWithholdingTaxSales: false,
    IgnoreDatevWarningMessage: false,
    InvoiceAttachmentType: 1,
    InvoicingMethod: 0,
    IsAccountant: 0,
    IsAgency: 0,
    IsAnonymised: 0,
    IsBank: false,
    IsCompetitor: 0,
    IsExtraDuty: false,
    IsMailing: 0,
    IsMember: false,
    IsPilot: false,
    IsPurchase: false,
    IsReseller: false,
    IsSupplier: false,
    Language: 'nl-NL',
    PurchaseCurrency: 'EUR',
    PurchaseCurrencyDescription: 'Euro',
    RecepientOfCommissions: false,
    SalesCurrency: 'EUR',
    SalesCurrencyDescription: 'Euro',
    SecurityLevel: 10,
    SeparateInvPerProject: 0,
    SeparateInvPerSubscription: 0,
    ShowRemarkForSales: false,
  },
  collections: { BankAccounts: 'BankAccounts' },
  readers: {
    Code: accountCodeText,
    CountryName: countryName('Country'),
    IsSales: (row) => row.Status === 'C',
    CustomerSince: (row) => (row.Status === 'C' ? (row.StartDate ?? null) : null),
    StatusSince: (row) => row.StartDate ?? null,
    LanguageDescription: (row) => (textOf(row, 'Language').startsWith('en') ? 'Engels' : 'Nederlands'),
    InvoiceAccountCode: ofReferred('InvoiceAccount', accountCodeText),
    InvoiceAccountName: ofReferred('InvoiceAccount', (account) => account.Name),
    ResellerCode: ofReferred('Reseller', accountCodeText),
    ResellerName: ofReferred('Reseller', (account) => account.Name),
    AccountManagerFullName: (row, division) =>
      typeof row.AccountManager === 'number' ? division.users.fullName(row.AccountManager) : null,
    AccountManagerHID: (row) => (typeof row.AccountManager === 'number' ? row.AccountManager + 1 : null),
    PaymentConditionSalesDescription: masterDescription('PaymentConditions', 'PaymentConditionSales'),
    PaymentConditionPurchaseDescription: masterDescription('PaymentConditions', 'PaymentConditionPurchase'),
    SalesVATCodeDescription: masterDescription('VATCodes', 'SalesVATCode'),
    PurchaseVATCodeDescription: masterDescription('VATCodes', 'PurchaseVATCode'),
  },
});

export const CONTACTS = defineEntity({
  table: 'Contacts',
  path: 'crm/Contacts',
  model: 'Contact',
  key: 'ID',
  fields: CONTACT_FIELDS,
  owner: 'Account',
  widths: { Language: LANGUAGE_WIDTH },
  defaults: { AllowMailing: 0, Gender: 'O', IsAnonymised: 0, IsMailingExcluded: false, Language: 'nl-NL' },
  readers: {
    Account: accountGuid,
    AccountIsCustomer: ofAccount((account) => account.Status === 'C'),
    AccountIsSupplier: ofAccount((account) => account.IsSupplier ?? false),
    AccountMainContact: ofAccount((account, division) =>
      typeof account.MainContact === 'number' ? division.tables.Contacts.guid(account.MainContact) : null,
    ),
    AccountName: ofAccount((account) => account.Name),
    AddressStreet: ofAccount((account) => splitStreet(textOf(account, 'AddressLine1'))[0]),
    AddressStreetNumber: ofAccount((account) => splitStreet(textOf(account, 'AddressLine1'))[1]),
    AddressStreetNumberSuffix: ofAccount((account) => splitStreet(textOf(account, 'AddressLine1'))[2]),
    AddressLine2: ofAccount((account) => account.AddressLine2),
    BirthName: (row) => row.BirthName ?? row.LastName,
    BusinessEmail: (row) => row.BusinessEmail ?? row.Email,
    City: ofAccount((account) => account.City),
    Code: ofAccount(accountCodeText),
    Country: ofAccount((account) => textOf(account, 'Country').padEnd(COUNTRY_WIDTH)),
    FullName: (row) => fullName(row),
    HID: (row) => row.HID ?? row.$row + 1,
    IsMainContact: (row, division) => division.account(row)?.MainContact === row.$row,
    Person: (row, division) => division.guids.encode(17, division.ordinal, row.$row),
    Postcode: ofAccount((account) => account.Postcode),
    State: ofAccount((account) => account.State),
  },
});

export const ADDRESSES = defineEntity({
  table: 'Addresses',
  path: 'crm/Addresses',
  model: 'Address',
  key: 'ID',
  fields: ADDRESS_FIELDS,
  owner: 'Account',
  references: { Contact: 'Contacts' },
  widths: { Country: COUNTRY_WIDTH },
  defaults: { Main: false, Source: 2, Type: 1 },
  readers: {
    Account: accountGuid,
    AccountIsSupplier: ofAccount((account) => account.IsSupplier ?? false),
    AccountName: ofAccount((account) => account.Name),
    ContactName: (row, division) =>
      typeof row.Contact === 'number' ? contactName(division, row.Contact) : null,
    CountryName: countryName('Country'),
  },
});

export const BANK_ACCOUNTS = defineEntity({
  table: 'BankAccounts',
  path: 'crm/BankAccounts',
  model: 'BankAccount',
  key: 'ID',
  fields: BANK_ACCOUNT_FIELDS,
  owner: 'Account',
  defaults: { Blocked: false, Main: false, Type: 'A', TypeDescription: 'Relatie' },
  readers: {
    Account: accountGuid,
    AccountName: ofAccount((account) => account.Name),
    BankName: (row) => (isIban(textOf(row, 'BankAccount')) ? 'Testbank' : null),
    Format: (row) => (isIban(textOf(row, 'BankAccount')) ? 'IB' : 'OT'),
    IBAN: (row) => (isIban(textOf(row, 'BankAccount')) ? textOf(row, 'BankAccount') : null),
  },
});

/** Street, number and suffix of a Dutch address line. */
export function splitStreet(line: string): readonly [string, string, string] {
  const match = /^(.*?)\s+(\d+)\s*(.*)$/.exec(line);
  return match ? [match[1] ?? '', match[2] ?? '', match[3] ?? ''] : [line, '', ''];
}

function isIban(account: string): boolean {
  return /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(account);
}

function contactName(division: Division, number: number): Value {
  const contact = division.tables.Contacts.get(number);
  return contact ? fullName(contact) : null;
}

function fullName(row: Row): string {
  return [textOf(row, 'FirstName'), textOf(row, 'MiddleName'), textOf(row, 'LastName')]
    .filter((part) => part !== '')
    .join(' ');
}
