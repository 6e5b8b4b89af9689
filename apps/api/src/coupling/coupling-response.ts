import type {
  Administration as AdministrationResponse,
  Connection as ConnectionResponse,
  Coupling as CouplingResponse,
} from '@koppel/contracts';
import { refreshExpiresAt, type Administration, type Connection } from '@koppel/domain/administrations';
import { isAdding, stepViews } from '@koppel/domain/coupling';
import type { CouplingView } from '@koppel/persistence/read';

export function toCouplingResponse(view: CouplingView): CouplingResponse {
  const { coupling, log, connections, openBlockingIssues, openProposals } = view;
  const { step, frozenSince, contactHandling, confirmation, activatedAt, resyncMinutes, runId, version } =
    coupling;
  return {
    step,
    isFrozen: frozenSince !== null,
    frozenSince: frozenSince?.toISOString() ?? null,
    contactHandling,
    confirmation: confirmation && {
      byName: confirmation.byName,
      at: confirmation.at.toISOString(),
      text: confirmation.text,
    },
    activatedAt: activatedAt?.toISOString() ?? null,
    resyncMinutes,
    accountCreation: coupling.accountCreation,
    isAdding: isAdding(coupling),
    steps: stepViews(coupling, log).map((one) => ({
      ...one,
      finishedAt: one.finishedAt?.toISOString() ?? null,
    })),
    connections: connections.map(toConnectionResponse),
    runId,
    openBlockingIssues,
    openProposals,
    version,
  };
}

export function toConnectionResponse(connection: Connection): ConnectionResponse {
  const { id, region, exactUserName, state, stateReason, authorisedByName, authorisedAt } = connection;
  return {
    id,
    region: region as ConnectionResponse['region'], // only the contract's regions are stored
    exactUserName,
    state,
    stateReason,
    authorisedByName,
    authorisedAt: authorisedAt.toISOString(),
    refreshExpiresAt: refreshExpiresAt(connection)?.toISOString() ?? null,
  };
}

export function toAdministrationResponse(administration: Administration): AdministrationResponse {
  const { id, connectionId, division, name, legalName, number, kvk, vat, country, currency } = administration;
  const { state, stateReason, unavailableReason, code, position, version } = administration;
  return {
    id,
    connectionId,
    region: administration.region as AdministrationResponse['region'], // only the contract's regions are stored
    division,
    name,
    legalName,
    number,
    kvk,
    vat,
    country,
    currency,
    state,
    stateReason,
    unavailableReason,
    code,
    isCodeLocked: administration.codeLockedAt !== null,
    position,
    lastSyncedAt: administration.lastSyncedAt?.toISOString() ?? null,
    nextSyncAt: administration.nextSyncAt?.toISOString() ?? null,
    version,
  };
}
