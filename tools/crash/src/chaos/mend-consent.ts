import { setTimeout as delay } from 'node:timers/promises';
import { beginConnectionEndpoint, completeConnectionEndpoint, getCouplingEndpoint } from '@koppel/contracts';
import { giveConsent } from '@koppel/demo';
import type { Household } from './households.js';
import type { PatientApi } from './patient-api.js';

const lookEveryMs = 1_000;
/** Longer than a token stays in doubt. */
const looksMax = 90;

/**
 * Consents anew where the answer to a refresh was lost, with its process or on its way, which nobody can prevent (F42, F44): the way out that the
 * portal shows. Says how often, 0 or 1.
 */
export async function mendConsent(api: PatientApi, { exact }: Household): Promise<number> {
  if (!(await isBroken(api))) return 0;
  const { authorisationUrl } = await api.call(beginConnectionEndpoint, { body: { region: 'nl' } });
  await api.call(completeConnectionEndpoint, { body: await giveConsent(authorisationUrl, exact) });
  return 1;
}

/** Waits while that is in doubt. */
async function isBroken(api: PatientApi): Promise<boolean> {
  for (let looks = 1; ; looks += 1) {
    const { connections } = await api.call(getCouplingEndpoint);
    const states = new Set(connections.map(({ state }) => state));
    if (!states.has('refresh-unknown') || looks >= looksMax) return states.has('reauth-required');
    await delay(lookEveryMs);
  }
}
