import type { Text } from '../issues/index.js';
import type { Master, SettingMasterKind } from './master.js';

export const settingKeys = [
  'salesJournal',
  'purchaseJournal',
  'salesGlAccount',
  'costGlAccount',
  'salesVatCode',
  'reverseChargeVatCode',
  'purchaseVatCode',
  'paymentConditionSales',
  'paymentConditionPurchase',
  'defaultCostCenter',
  'defaultCostUnit',
] as const;
export type SettingKey = (typeof settingKeys)[number];

export interface SettingRule {
  readonly master: SettingMasterKind;
  readonly isRequired: boolean;
  readonly label: Text;
  /** Whether Exact would accept the record in this place. */
  readonly fits: (master: Master) => boolean;
  /** The kind of record that is meant when nothing else tells: suggested before the usual codes. */
  readonly prefers?: (master: Master) => boolean;
  /** Codes that Dutch administrations use for it, the most usual first (exact-online.md 4.6). */
  readonly usualCodes: readonly string[];
}

const journalTypes = { sales: 20, purchase: 22 };
/** Exact's ledger account types that sales may be booked on: revenue. */
const revenueTypes = [110];
/** Costs: cost of goods, other costs, SG&A. */
const costTypes = [111, 120, 121];
const anyOf = (): boolean => true;
const soldWith = (master: Master) => master.vatTransaction !== 'P' && !master.isReverseCharge;
const boughtWith = (master: Master) => master.vatTransaction !== 'S' && !master.isReverseCharge;
/** The general Dutch rate on amounts without VAT. */
const isGeneralRate = (master: Master) => master.percentage === 0.21 && master.vatType === 'E';
const byType = (types: readonly number[]) => (master: Master) =>
  master.type !== null && types.includes(master.type);

/** Which of Exact's records a setting takes. One row per setting; a rule of its own nowhere else. */
export const settingRules: Readonly<Record<SettingKey, SettingRule>> = {
  salesJournal: {
    master: 'journals',
    isRequired: true,
    label: { nl: 'Verkoopdagboek', en: 'Sales journal' },
    fits: byType([journalTypes.sales]),
    usualCodes: ['70'],
  },
  purchaseJournal: {
    master: 'journals',
    isRequired: true,
    label: { nl: 'Inkoopdagboek', en: 'Purchase journal' },
    fits: byType([journalTypes.purchase]),
    usualCodes: ['60'],
  },
  salesGlAccount: {
    master: 'gl-accounts',
    isRequired: true,
    label: { nl: 'Omzetrekening', en: 'Revenue account' },
    fits: byType(revenueTypes),
    usualCodes: ['8000', '8010'],
  },
  costGlAccount: {
    master: 'gl-accounts',
    isRequired: true,
    label: { nl: 'Kostenrekening', en: 'Cost account' },
    fits: byType(costTypes),
    usualCodes: ['7000', '7010', '4000'],
  },
  salesVatCode: {
    master: 'vat-codes',
    isRequired: true,
    label: { nl: 'Btw-code verkoop', en: 'Sales VAT code' },
    fits: soldWith,
    prefers: isGeneralRate,
    usualCodes: [],
  },
  reverseChargeVatCode: {
    master: 'vat-codes',
    isRequired: false,
    label: { nl: 'Btw-code verlegd', en: 'Reverse-charge VAT code' },
    fits: (master) => master.isReverseCharge,
    usualCodes: ['6', '7', 'VL'],
  },
  purchaseVatCode: {
    master: 'vat-codes',
    isRequired: true,
    label: { nl: 'Btw-code inkoop', en: 'Purchase VAT code' },
    fits: boughtWith,
    prefers: isGeneralRate,
    usualCodes: [],
  },
  paymentConditionSales: {
    master: 'payment-conditions',
    isRequired: true,
    label: { nl: 'Betalingsconditie verkoop', en: 'Sales payment condition' },
    fits: anyOf,
    usualCodes: ['30', '14'],
  },
  paymentConditionPurchase: {
    master: 'payment-conditions',
    isRequired: true,
    label: { nl: 'Betalingsconditie inkoop', en: 'Purchase payment condition' },
    fits: anyOf,
    usualCodes: ['30', '14'],
  },
  defaultCostCenter: {
    master: 'cost-centers',
    isRequired: false,
    label: { nl: 'Kostenplaats', en: 'Cost centre' },
    fits: anyOf,
    usualCodes: [],
  },
  defaultCostUnit: {
    master: 'cost-units',
    isRequired: false,
    label: { nl: 'Kostendrager', en: 'Cost unit' },
    fits: anyOf,
    usualCodes: [],
  },
};
