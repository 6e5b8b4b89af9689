import { getCouplingEndpoint, signInEndpoint } from '@koppel/contracts';
import { ApiClient, coupleAll } from '@koppel/demo';
import { exactUsers } from './exact-pages.js';
import { people } from './portal.js';

const password = 'koppel-demo';

/**
 * Couples the demo's organisation over the API when no journey did so before: journeys that begin after the coupling
 * may then run in any order. Gives an API session of the admin.
 */
export async function ensureCoupled(url: string): Promise<ApiClient> {
  const api = new ApiClient(url);
  await api.call(signInEndpoint, { body: { email: people.admin, password } });
  const { step } = await api.call(getCouplingEndpoint);
  if (step !== 'active') {
    const exact = { username: exactUsers.anna, password: 'demo' };
    const report = await coupleAll(api, { email: people.admin, password, exact, pollMs: 250 });
    if (!report.isActive) throw new Error('the organisation could not be coupled');
  }
  return api;
}
