import {
  beginConnectionEndpoint,
  completeConnectionEndpoint,
  getCouplingEndpoint,
  listAdministrationsEndpoint,
  refreshAdministrationsEndpoint,
} from '@koppel/contracts';
import { ApiRefusal, giveConsent, type ApiClient } from '@koppel/demo';
import type { Household } from './households.js';

/** Somebody who does what the portal asks for when Exact turned its back on the coupling, through whatever happens to both. */
export class Caretaker {
  /** Consents given anew, also those of which no answer came. */
  consents = 0;

  constructor(
    private readonly api: ApiClient,
    private readonly household: Household,
  ) {}

  async look(): Promise<void> {
    try {
      const { connections } = await this.api.call(getCouplingEndpoint);
      if (connections.some(({ state }) => state === 'reauth-required')) return await this.consentAnew();
      const { items } = await this.api.call(listAdministrationsEndpoint);
      if (items.some(({ state }) => state === 'access-lost'))
        await this.api.call(refreshAdministrationsEndpoint);
    } catch (error) {
      // Somebody who was told so looks again later; an answer that breaks the contract is nobody's doing here.
      if (!(error instanceof ApiRefusal) && !(error instanceof Error)) throw error;
    }
  }

  private async consentAnew(): Promise<void> {
    const { authorisationUrl } = await this.api.call(beginConnectionEndpoint, { body: { region: 'nl' } });
    const body = await giveConsent(authorisationUrl, this.household.exact);
    this.consents += 1;
    await this.api.call(completeConnectionEndpoint, { body });
  }
}
