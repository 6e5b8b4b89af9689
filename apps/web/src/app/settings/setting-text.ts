import type { SettingKey } from '@koppel/contracts';

/** The tabs of an administration, as the address names them. */
export const settingTabs = [
  'dagboeken',
  'grootboek',
  'btw',
  'betaling',
  'kosten',
  'factuurnummers',
  'terugschrijven',
] as const;
export type SettingTab = (typeof settingTabs)[number];

export interface SettingGroup {
  readonly key: SettingTab;
  readonly text: string;
  readonly settings: readonly SettingKey[];
}

/** The tabs with their settings, in the order in which a bookkeeper thinks of them; the last two hold no code of Exact. */
export const settingGroups = (): readonly SettingGroup[] => [
  {
    key: 'dagboeken',
    text: $localize`:@@settings.journals:Dagboeken`,
    settings: ['salesJournal', 'purchaseJournal'],
  },
  {
    key: 'grootboek',
    text: $localize`:@@settings.gl:Grootboek`,
    settings: ['salesGlAccount', 'costGlAccount'],
  },
  {
    key: 'btw',
    text: $localize`:@@settings.vat:Btw`,
    settings: ['salesVatCode', 'reverseChargeVatCode', 'purchaseVatCode'],
  },
  {
    key: 'betaling',
    text: $localize`:@@settings.payment:Betalingscondities`,
    settings: ['paymentConditionSales', 'paymentConditionPurchase'],
  },
  {
    key: 'kosten',
    text: $localize`:@@settings.cost:Kosten`,
    settings: ['defaultCostCenter', 'defaultCostUnit'],
  },
  { key: 'factuurnummers', text: $localize`:@@settings.numbers:Factuurnummers`, settings: [] },
  { key: 'terugschrijven', text: $localize`:@@settings.writing:Terugschrijven`, settings: [] },
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
