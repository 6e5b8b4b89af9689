export { assessSettings, countMissing, type AssessedSetting, type AssessInput } from './assess-settings.js';
export { countMissingSettings } from './count-missing-settings.js';
export type { Master, SettingMasterKind } from './master.js';
export { saveSettings, type SaveSettings, type SaveSettingsError } from './save-settings.js';
export { saveWritePolicy, type SaveWritePolicy, type SaveWritePolicyError } from './save-write-policy.js';
export { settingKeys, settingRules, type SettingKey, type SettingRule } from './setting-keys.js';
export type {
  AdministrationSettings,
  Following,
  Settings,
  SettingsTx,
  SettingValues,
} from './settings.port.js';
export { withSettings } from './with-settings.js';
