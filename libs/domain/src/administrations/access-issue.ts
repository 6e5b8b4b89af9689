import type { Trouble } from '../issues/index.js';
import type { AdministrationId, ConnectionId } from '../kernel/index.js';

/** Key of the issue that an administration lost its access: one, whoever noticed it. */
export const accessIssueKey = (id: AdministrationId) => `administration-forbidden:${id}`;

/** What people are told when Exact lets nobody into an administration any more (product.md 5). */
export function accessTrouble(administrationId: AdministrationId, params: Trouble['params']): Trouble {
  return {
    cause: 'administration-forbidden',
    causeKey: accessIssueKey(administrationId),
    administrationId,
    params,
  };
}

/** What people are told when a consent is over: one issue for a connection, whoever noticed it (F45). */
export function connectionTrouble(connectionId: ConnectionId, reason: string): Trouble {
  return {
    cause: 'connection-broken',
    causeKey: `connection-broken:${connectionId}`,
    administrationId: null,
    params: { reason },
  };
}
