import type { AdministrationId } from '../kernel/index.js';
import { assessSettings, countMissing } from './assess-settings.js';
import type { SettingsTx } from './settings.port.js';

/** How many required settings these administrations still miss; the coupling cannot finish before it is zero. */
export async function countMissingSettings(
  tx: SettingsTx,
  administrationIds: readonly AdministrationId[],
): Promise<number> {
  let missing = 0;
  for (const id of administrationIds) {
    const { values, follows } = await tx.settings.find(id);
    missing += countMissing(
      assessSettings({ values, follows, masters: await tx.settings.findMasters(id), first: null }),
    );
  }
  return missing;
}
