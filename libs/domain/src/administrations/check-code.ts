import { err, ok, type AdministrationId, type Deps, type Result, type TenantId } from '../kernel/index.js';
import { parseAdministrationCode } from './administration-code.js';
import type { AdministrationsTx } from './administrations.port.js';

export interface CheckCode {
  readonly tenantId: TenantId;
  readonly administrationId: AdministrationId;
  readonly code: string;
}

export interface CodeVerdict {
  /** `own`: the administration has this code already. `locked`: it has another one that invoices use. */
  readonly verdict: 'free' | 'own' | 'malformed' | 'zeros' | 'taken' | 'locked';
  readonly takenBy: string | null;
  /** The code as it would be stored; null when it is none. */
  readonly code: string | null;
}

/** What saving a code would say, while somebody types it. Decides nothing: the database's unique index does. */
export function checkCode(
  deps: Deps<AdministrationsTx>,
  command: CheckCode,
): Promise<Result<CodeVerdict, { readonly kind: 'administration-unknown' }>> {
  type Outcome = Result<CodeVerdict, { readonly kind: 'administration-unknown' }>;
  return deps.uow.run(command.tenantId, async (tx): Promise<Outcome> => {
    const all = await tx.administrations.findMany();
    const administration = all.find((one) => one.id === command.administrationId);
    if (!administration) return err({ kind: 'administration-unknown' });
    const parsed = parseAdministrationCode(command.code);
    if (!parsed.ok) return ok({ verdict: parsed.error.reason, takenBy: null, code: null });
    const code = parsed.value;
    if (administration.code === code) return ok({ verdict: 'own', takenBy: null, code });
    if (administration.codeLockedAt) return ok({ verdict: 'locked', takenBy: null, code });
    const holder = all.find((one) => one.code === code);
    return ok({ verdict: holder ? 'taken' : 'free', takenBy: holder?.name ?? null, code });
  });
}
