import {
  parseAdministrationCode,
  type Administration,
  type AdministrationsTx,
  type ConnectionsTx,
} from '../administrations/index.js';
import {
  err,
  ok,
  type AdministrationId,
  type ContactHandling,
  type Deps,
  type Result,
  type TenantId,
} from '../kernel/index.js';
import { configurationOf, type Configuration } from './configuration.js';
import type { WrongStep } from './coupling.js';
import type { CouplingStep } from './coupling-step.js';
import type { CouplingsTx } from './couplings.port.js';
import { lockCoupling } from './lock-coupling.js';

export interface SaveConfiguration {
  readonly tenantId: TenantId;
  readonly contactHandling: ContactHandling;
  /** The version that the person saw. */
  readonly version: number;
  /** Administrations that are not named keep their code. */
  readonly codes: readonly { readonly administrationId: AdministrationId; readonly code: string }[];
}

interface OfAdministration {
  readonly administrationId: AdministrationId;
}

export type SaveConfigurationError =
  | WrongStep
  | { readonly kind: 'changed-meanwhile'; readonly version: number }
  | ({ readonly kind: 'administration-unknown' } & OfAdministration)
  | ({ readonly kind: 'code-malformed'; readonly reason: 'malformed' | 'zeros' } & OfAdministration)
  | ({ readonly kind: 'code-taken'; readonly code: string; readonly takenBy: string } & OfAdministration)
  | ({ readonly kind: 'code-locked'; readonly code: string } & OfAdministration);

type SaveConfigurationTx = CouplingsTx & ConnectionsTx & AdministrationsTx;
type Saved = Result<Configuration, SaveConfigurationError>;

/** Not while a run compares by the old choice. */
const changeable = new Set<CouplingStep>(['configure', 'active']);
const codable = new Set<Administration['state']>(['selected', 'coupling', 'active', 'paused', 'access-lost']);

/**
 * Saves contact handling and codes (step 3), all or nothing, on what the person saw. Saving what stands already is a success
 * without effect, whoever saved it. Two people who save the same code at the same moment: the
 * database takes one, the other hears who has it (J08).
 */
export function saveConfiguration(
  deps: Deps<SaveConfigurationTx>,
  command: SaveConfiguration,
): Promise<Saved> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Saved> => {
    const coupling = await lockCoupling(tx, deps);
    if (!changeable.has(coupling.step)) return err({ kind: 'wrong-step', step: coupling.step });
    const all = await tx.administrations.findManyForUpdate();
    const planned = planCodes(command, all);
    // Who has a code already is told before that something changed (J08).
    if (!planned.ok) return planned;
    const { version } = coupling;
    if (planned.value.length === 0 && coupling.contactHandling === command.contactHandling)
      return ok(configurationOf(coupling, all));
    if (version !== command.version) return err({ kind: 'changed-meanwhile', version });
    const refused = await writeCodes(tx, planned.value);
    if (refused) return err(refused);
    const saved = { ...coupling, contactHandling: command.contactHandling };
    await tx.couplings.save(saved);
    const stands = { ...saved, version: version + 1 };
    return ok(configurationOf(stands, await tx.administrations.findMany()));
  });
}

interface CodeChange {
  readonly administration: Administration;
  readonly code: string;
}

function planCodes(
  command: SaveConfiguration,
  all: readonly Administration[],
): Result<CodeChange[], SaveConfigurationError> {
  const changes: CodeChange[] = [];
  const codes = new Map(all.map((one) => [one.id, one.code]));
  for (const { administrationId, code: typed } of command.codes) {
    const administration = all.find((one) => one.id === administrationId);
    if (!administration || !codable.has(administration.state))
      return err({ kind: 'administration-unknown', administrationId });
    const parsed = parseAdministrationCode(typed);
    if (!parsed.ok) return err({ ...parsed.error, administrationId });
    const code = parsed.value;
    if (administration.code === code) continue;
    if (administration.codeLockedAt) return err({ kind: 'code-locked', administrationId, code });
    codes.set(administrationId, code);
    changes.push({ administration, code });
  }
  const clash = changes.flatMap((change) => takenInPlan(change, codes, all))[0];
  return clash ? err(clash) : ok(changes);
}

function takenInPlan(
  { administration, code }: CodeChange,
  codes: ReadonlyMap<AdministrationId, string | null>,
  all: readonly Administration[],
): SaveConfigurationError[] {
  const holder = all.find((one) => one.id !== administration.id && codes.get(one.id) === code);
  const administrationId = administration.id;
  return holder ? [{ kind: 'code-taken', administrationId, code, takenBy: holder.name }] : [];
}

/** Clears the changed codes first, so that two administrations can swap theirs. */
async function writeCodes(
  tx: AdministrationsTx,
  changes: readonly CodeChange[],
): Promise<SaveConfigurationError | undefined> {
  for (const { administration } of changes) {
    if (administration.code !== null) await tx.administrations.save({ ...administration, code: null });
  }
  for (const { administration, code } of changes) {
    if ((await tx.administrations.save({ ...administration, code })) === 'saved') continue;
    const holder = (await tx.administrations.findMany()).find((one) => one.code === code);
    return { kind: 'code-taken', administrationId: administration.id, code, takenBy: holder?.name ?? '' };
  }
  return undefined;
}
