import { isUsable, type Connection } from '@koppel/domain/administrations';
import { newCoupling, type Coupling, type StepLogEntry } from '@koppel/domain/coupling';
import type { TenantId } from '@koppel/domain/kernel';
import { and, eq } from 'drizzle-orm';
import type { Tx } from '../database.js';
import { DrizzleConnections } from '../drizzle-connections.js';
import { DrizzleCouplings } from '../drizzle-couplings.js';
import { issues, numberSeries, proposals } from '../schema/index.js';
import { isAsked } from './proposals.js';

export interface CouplingView {
  readonly coupling: Coupling;
  readonly log: readonly StepLogEntry[];
  readonly connections: readonly Connection[];
  readonly openBlockingIssues: number;
  readonly openProposals: number;
}

/** The coupling page: where it stands, who finished what, connections, what is open. A tenant without one sees its beginning. */
export async function readCoupling(
  tx: Tx,
  of: { readonly tenantId: TenantId; readonly now: Date },
): Promise<CouplingView> {
  const couplings = new DrizzleCouplings(tx, of.tenantId);
  const connections = await new DrizzleConnections(tx, of.tenantId).findMany();
  const coupling = await couplings.find();
  return {
    coupling: coupling ?? newCoupling(connections.some(isUsable) ? 'select' : 'connect', of.now),
    log: await couplings.findStepLog(),
    connections,
    openBlockingIssues: await tx.$count(issues, and(eq(issues.state, 'open'), eq(issues.isBlocking, true))),
    openProposals: await tx.$count(proposals, isAsked),
  };
}

/** The sequence that an administration's next invoice of a year gets. */
export async function readNextSequence(
  tx: Tx,
  of: { administrationId: string; year: number },
): Promise<number> {
  const [row] = await tx
    .select({ next: numberSeries.next })
    .from(numberSeries)
    .where(and(eq(numberSeries.administrationId, of.administrationId), eq(numberSeries.year, of.year)));
  return row?.next ?? 1;
}
