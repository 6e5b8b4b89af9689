import { textOf } from '../store/rows.js';
import type { Reader } from './edm.js';
import { defineEntity } from './entity.js';
import {
  COSTCENTER_FIELDS,
  COSTUNIT_FIELDS,
  GL_ACCOUNT_FIELDS,
  JOURNAL_FIELDS,
  PAYMENT_CONDITION_FIELDS,
  VAT_CODE_FIELDS,
} from './fields/masters.js';

const GL_SEARCH_CODE_WIDTH = 9;
const VAT_CODE_WIDTH = 3;

const GL_TYPE_DESCRIPTIONS: Readonly<Record<number, string>> = {
  10: 'Kas',
  12: 'Bank',
  20: 'Debiteuren',
  22: 'Crediteuren',
  24: 'Btw',
  25: 'Te betalen lonen',
  26: 'Vooruitbetaalde kosten',
  27: 'Overlopende passiva',
  30: 'Vaste activa',
  32: 'Overige activa',
  35: 'Cumulatieve afschrijving',
  40: 'Voorraad',
  50: 'Kapitaal',
  52: 'Ingehouden winst',
  55: 'Langlopende schulden',
  90: 'Algemeen',
  110: 'Omzet',
  111: 'Kostprijs verkopen',
  121: 'Verkoop- en algemene kosten',
  122: 'Afschrijvingskosten',
  125: 'Personeelskosten',
  160: 'Rentebaten',
};

const glAccountText =
  (property: string, wanted: 'Code' | 'Description'): Reader =>
  (row, division) => {
    const number = row[property];
    return typeof number === 'number' ? (division.tables.GLAccounts.get(number)?.[wanted] ?? null) : null;
  };

export const GL_ACCOUNTS = defineEntity({
  table: 'GLAccounts',
  path: 'financial/GLAccounts',
  model: 'GLAccount',
  key: 'ID',
  fields: GL_ACCOUNT_FIELDS,
  widths: { SearchCode: GL_SEARCH_CODE_WIDTH, VATCode: VAT_CODE_WIDTH },
  references: {
    PrivateGLAccount: 'GLAccounts',
    VATNonDeductibleGLAccount: 'GLAccounts',
    YearEndCostGLAccount: 'GLAccounts',
    YearEndReflectionGLAccount: 'GLAccounts',
  },
  defaults: {
    AllowCostsInSales: 0,
    Compress: false,
    ExcludeVATListing: 0,
    IsBlocked: false,
    Matching: false,
    RevalueCurrency: false,
    UseCostcenter: 0,
    UseCostunit: 0,
  },
  readers: {
    TypeDescription: (row) => GL_TYPE_DESCRIPTIONS[Number(row.Type)] ?? null,
    VATDescription: (row, division) =>
      division.master('VATCodes', textOf(row, 'VATCode'))?.Description ?? null,
    CostcenterDescription: (row, division) =>
      division.master('Costcenters', textOf(row, 'Costcenter'))?.Description ?? null,
    CostunitDescription: (row, division) =>
      division.master('Costunits', textOf(row, 'Costunit'))?.Description ?? null,
  },
});

export const JOURNALS = defineEntity({
  table: 'Journals',
  path: 'financial/Journals',
  model: 'Journal',
  key: 'ID',
  fields: JOURNAL_FIELDS,
  references: { GLAccount: 'GLAccounts', PaymentInTransitAccount: 'GLAccounts' },
  defaults: {
    AllowVariableCurrency: false,
    AllowVariableExchangeRate: false,
    AllowVAT: true,
    AutoSave: false,
    Currency: 'EUR',
    CurrencyDescription: 'Euro',
    IsBlocked: false,
  },
  readers: {
    GLAccountCode: glAccountText('GLAccount', 'Code'),
    GLAccountDescription: glAccountText('GLAccount', 'Description'),
    GLAccountType: (row, division) =>
      typeof row.GLAccount === 'number'
        ? (division.tables.GLAccounts.get(row.GLAccount)?.Type ?? null)
        : null,
    BankAccountIBAN: (row) => row.BankAccountIncludingMask ?? null,
    BankAccountCountry: (row) => (row.BankAccountIncludingMask === undefined ? null : 'NL '),
  },
});

export const VAT_CODES = defineEntity({
  table: 'VATCodes',
  path: 'vat/VATCodes',
  model: 'VATCode',
  key: 'ID',
  fields: VAT_CODE_FIELDS,
  references: {
    GLDiscountPurchase: 'GLAccounts',
    GLDiscountSales: 'GLAccounts',
    GLToClaim: 'GLAccounts',
    GLToPay: 'GLAccounts',
  },
  widths: { Code: VAT_CODE_WIDTH },
  defaults: {
    CalculationBasis: 0,
    Charged: false,
    Country: 'NL ',
    EUSalesListing: 'N',
    ExcludeVATListing: 0,
    IntraStat: false,
    IsBlocked: false,
    VatMargin: 0,
    VATPartialRatio: 0,
    VATTransactionType: 'B',
  },
  readers: {
    GLToClaimCode: glAccountText('GLToClaim', 'Code'),
    GLToClaimDescription: glAccountText('GLToClaim', 'Description'),
    GLToPayCode: glAccountText('GLToPay', 'Code'),
    GLToPayDescription: glAccountText('GLToPay', 'Description'),
  },
});

export const PAYMENT_CONDITIONS = defineEntity({
  table: 'PaymentConditions',
  path: 'cashflow/PaymentConditions',
  model: 'PaymentCondition',
  key: 'ID',
  fields: PAYMENT_CONDITION_FIELDS,
  defaults: {
    DiscountCalculation: 'E',
    DiscountPaymentDays: 0,
    DiscountPercentage: 0,
    PaymentDiscountType: 'B',
    PaymentEndOfMonths: 0,
    PaymentMethod: 'B',
    Percentage: 1,
    VATCalculation: 'E',
  },
});

export const COSTCENTERS = defineEntity({
  table: 'Costcenters',
  path: 'hrm/Costcenters',
  model: 'Costcenter',
  key: 'ID',
  fields: COSTCENTER_FIELDS,
  defaults: { Active: true },
});

export const COSTUNITS = defineEntity({
  table: 'Costunits',
  path: 'hrm/Costunits',
  model: 'Costunit',
  key: 'ID',
  fields: COSTUNIT_FIELDS,
});
