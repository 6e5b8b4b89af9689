import type { SettingKey } from '@koppel/contracts';

export interface SettingGroup {
  readonly key: string;
  readonly text: string;
  readonly settings: readonly SettingKey[];
}

/** The settings in groups, in the order in which a bookkeeper thinks of them. */
export const settingGroups = (): readonly SettingGroup[] => [
  {
    key: 'journals',
    text: $localize`:@@settings.journals:Dagboeken`,
    settings: ['salesJournal', 'purchaseJournal'],
  },
  {
    key: 'gl',
    text: $localize`:@@settings.gl:Grootboekrekeningen`,
    settings: ['salesGlAccount', 'costGlAccount'],
  },
  {
    key: 'vat',
    text: $localize`:@@settings.vat:Btw`,
    settings: ['salesVatCode', 'reverseChargeVatCode', 'purchaseVatCode'],
  },
  {
    key: 'payment',
    text: $localize`:@@settings.payment:Betalingscondities`,
    settings: ['paymentConditionSales', 'paymentConditionPurchase'],
  },
  {
    key: 'cost',
    text: $localize`:@@settings.cost:Kosten`,
    settings: ['defaultCostCenter', 'defaultCostUnit'],
  },
];

export function settingText(key: SettingKey): string {
  switch (key) {
    case 'salesJournal':
      return $localize`:@@setting.salesJournal:Verkoopdagboek`;
    case 'purchaseJournal':
      return $localize`:@@setting.purchaseJournal:Inkoopdagboek`;
    case 'salesGlAccount':
      return $localize`:@@setting.salesGlAccount:Omzetrekening`;
    case 'costGlAccount':
      return $localize`:@@setting.costGlAccount:Kostenrekening`;
    case 'salesVatCode':
      return $localize`:@@setting.salesVatCode:Btw-code verkoop`;
    case 'reverseChargeVatCode':
      return $localize`:@@setting.reverseChargeVatCode:Btw-code verlegd`;
    case 'purchaseVatCode':
      return $localize`:@@setting.purchaseVatCode:Btw-code inkoop`;
    case 'paymentConditionSales':
      return $localize`:@@setting.paymentConditionSales:Betalingsconditie verkoop`;
    case 'paymentConditionPurchase':
      return $localize`:@@setting.paymentConditionPurchase:Betalingsconditie inkoop`;
    case 'defaultCostCenter':
      return $localize`:@@setting.defaultCostCenter:Standaardkostenplaats`;
    case 'defaultCostUnit':
      return $localize`:@@setting.defaultCostUnit:Standaardkostendrager`;
  }
}
