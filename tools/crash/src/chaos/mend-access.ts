import { setTimeout as delay } from 'node:timers/promises';
import {
  getCouplingEndpoint,
  listAdministrationsEndpoint,
  refreshAdministrationsEndpoint,
} from '@koppel/contracts';
import { ApiRefusal } from '@koppel/demo';
import type { Household } from './households.js';
import { mendConsent } from './mend-consent.js';
import type { PatientApi } from './patient-api.js';

const lookEveryMs = 500;
const looksMax = 360;
const triesMax = 4;

/**
 * Has the administrations listed once more, as a person does who knows that rights are back or that Exact moved something (F80), and consents
 * anew where that shows that the consent is gone. Says how often.
 */
export async function mendAccess(api: PatientApi, household: Household): Promise<number> {
  let consents = 0;
  for (let tries = 1; tries <= triesMax; tries += 1) {
    consents += await mendConsent(api, household);
    if (await isListedAgain(api)) return consents;
  }
  throw new Error('Exact did not list its administrations again in time');
}

async function isListedAgain(api: PatientApi): Promise<boolean> {
  try {
    await api.call(refreshAdministrationsEndpoint);
  } catch (error) {
    if (error instanceof ApiRefusal && error.problem.kind === 'connection-broken') return false;
    throw error;
  }
  for (let looks = 1; looks <= looksMax; looks += 1) {
    await delay(lookEveryMs);
    const { connections } = await api.call(getCouplingEndpoint);
    if (connections.some(({ state }) => state === 'reauth-required')) return false;
    const { isListing } = await api.call(listAdministrationsEndpoint);
    if (!isListing) return true;
  }
  return false;
}
