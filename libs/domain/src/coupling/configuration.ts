import {
  suggestCode,
  type Administration,
  type AdministrationsTx,
  type ConnectionsTx,
} from '../administrations/index.js';
import {
  ok,
  type AdministrationId,
  type ContactHandling,
  type Deps,
  type Result,
  type TenantId,
} from '../kernel/index.js';
import { participants, type Coupling } from './coupling.js';
import type { CouplingsTx } from './couplings.port.js';
import { lockCoupling } from './lock-coupling.js';

/** What the admin confirms before the first synchronisation (step 3c). */
export const confirmationText = {
  nl: 'Ik bevestig dat niemand contacten wijzigt, niet in het bouwpakket en niet in Exact Online, zolang deze koppeling loopt. Wijzigingen die toch worden gedaan, worden aan het eind opgemerkt en opnieuw voorgelegd.',
  en: 'I confirm that nobody edits contacts, neither in the construction ERP nor in Exact Online, while this coupling runs. Changes that are made all the same are noticed at the end and put forward again.',
} as const;

export interface CodeLine {
  readonly administrationId: AdministrationId;
  readonly name: string;
  readonly code: string | null;
  /** The present code, else a free one; differs from every other line's. Empty when all codes are taken. */
  readonly suggestedCode: string;
  readonly isCodeLocked: boolean;
  readonly isNew: boolean;
}

export interface Configuration {
  readonly contactHandling: ContactHandling | null;
  readonly codes: readonly CodeLine[];
  readonly confirmationText: { readonly nl: string; readonly en: string };
  /** Of the coupling. */
  readonly version: number;
}

/** Contact handling and codes as they stand, with suggestions (step 3). */
export function readConfiguration(
  deps: Deps<CouplingsTx & ConnectionsTx & AdministrationsTx>,
  command: { readonly tenantId: TenantId },
): Promise<Result<Configuration, never>> {
  return deps.uow.run(command.tenantId, async (tx) => {
    const coupling = await lockCoupling(tx, deps);
    return ok(configurationOf(coupling, await tx.administrations.findMany()));
  });
}

const shown = new Set<Administration['state']>(['selected', 'coupling', 'active', 'paused', 'access-lost']);

export function configurationOf(coupling: Coupling, all: readonly Administration[]): Configuration {
  const taken = new Set(all.flatMap((one) => one.code ?? []));
  const takingPart = new Set(participants(coupling, all).map((one) => one.id));
  const codes = all
    .filter((one) => shown.has(one.state))
    .map((one): CodeLine => {
      const suggestedCode = one.code ?? suggestCode(one.number, taken);
      taken.add(suggestedCode);
      return {
        administrationId: one.id,
        name: one.name,
        code: one.code,
        suggestedCode,
        isCodeLocked: one.codeLockedAt !== null,
        isNew: takingPart.has(one.id) && one.activatedAt === null,
      };
    });
  const { contactHandling, version } = coupling;
  return { contactHandling, codes, confirmationText, version };
}
