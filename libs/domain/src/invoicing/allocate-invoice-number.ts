import type { AdministrationsTx } from '../administrations/index.js';
import {
  err,
  ok,
  type Actor,
  type AdministrationId,
  type Deps,
  type Result,
  type TenantId,
} from '../kernel/index.js';
import { formatInvoiceNumber, numberingYear, sequenceMax } from './invoice-number.js';
import type { InvoiceNumber, InvoiceNumbersTx } from './invoice-numbers.port.js';

export interface AllocateInvoiceNumber {
  readonly tenantId: TenantId;
  readonly administrationId: AdministrationId;
  readonly reference: string;
  /** YYYY-MM-DD. */
  readonly invoiceDate: string;
  readonly actor: Actor;
}

export type AllocateInvoiceNumberError =
  | { readonly kind: 'administration-unknown' }
  | { readonly kind: 'wrong-step' }
  | { readonly kind: 'series-exhausted'; readonly year: number }
  | { readonly kind: 'reference-reused'; readonly number: string; readonly invoiceDate: string };

type Outcome = Result<InvoiceNumber, AllocateInvoiceNumberError>;

/**
 * The next number of the series of the invoice date's year. Gapless and unique by construction: the series' row is
 * locked, and it moves in the transaction that stores the number. The same reference gets the same number again.
 * The first number fixes the administration's code for ever.
 */
export function allocateInvoiceNumber(
  deps: Deps<AdministrationsTx & InvoiceNumbersTx>,
  command: AllocateInvoiceNumber,
): Promise<Outcome> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Outcome> => {
    const administration = await tx.administrations.findById(command.administrationId);
    if (!administration) return err({ kind: 'administration-unknown' });
    if (administration.code === null || administration.activatedAt === null)
      return err({ kind: 'wrong-step' });

    const year = numberingYear(command.invoiceDate);
    const sequence = await tx.invoiceNumbers.lockSeries(administration.id, year);
    const earlier = await tx.invoiceNumbers.findByReference(administration.id, command.reference);
    if (earlier) return sameOrReused(earlier, command);
    if (sequence > sequenceMax) return err({ kind: 'series-exhausted', year });

    const number: InvoiceNumber = {
      id: deps.newId(),
      administrationId: administration.id,
      number: formatInvoiceNumber(year, administration.code, sequence),
      year,
      sequence,
      invoiceDate: command.invoiceDate,
      reference: command.reference,
      exactEntryNumber: null,
      allocatedBy: command.actor.name,
      allocatedAt: deps.now(),
    };
    await tx.invoiceNumbers.add(number);
    if (administration.codeLockedAt === null) await lockCode(deps, tx, administration.id);
    return ok(number);
  });
}

function sameOrReused(earlier: InvoiceNumber, command: AllocateInvoiceNumber): Outcome {
  if (earlier.invoiceDate === command.invoiceDate) return ok(earlier);
  return err({ kind: 'reference-reused', number: earlier.number, invoiceDate: earlier.invoiceDate });
}

async function lockCode(
  deps: Deps<AdministrationsTx>,
  tx: AdministrationsTx,
  id: AdministrationId,
): Promise<void> {
  const administration = await tx.administrations.findByIdForUpdate(id);
  if (administration?.codeLockedAt === null)
    await tx.administrations.save({ ...administration, codeLockedAt: deps.now() });
}
