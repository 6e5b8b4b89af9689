import { err, ok, unreachable, type Result } from '@koppel/domain/kernel';
import type {
  CallPurpose,
  MasterRow,
  MoveDates,
  PageRequest,
  PartKind,
  Rejection,
  RelationSource,
  SourceAdministration,
  SourceFault,
  SourcePage,
  SourceRows,
} from '@koppel/domain/sync';
import type { ExactClient, Page, PartSet, Rejection as ExactRejection } from '@koppel/exact-client';
import type { ExactClients } from './exact-clients.js';
import { movedAtOf } from './moved-at.js';
import { toAccountRows } from './to-account-row.js';
import {
  toAddress,
  toBankAccount,
  toContact,
  toDeletedRows,
  toLedgerAccount,
  toMaster,
} from './to-detail-rows.js';

const firstTimestamp = '1';

const setOfPart = {
  contact: 'contacts',
  address: 'addresses',
  'bank-account': 'bank-accounts',
} as const satisfies Readonly<Record<PartKind, PartSet>>;

/** Exact Online as the sync context's source. */
export class ExactRelationSource implements RelationSource {
  constructor(private readonly clients: ExactClients) {}

  fetchPage(request: PageRequest): Promise<Result<SourcePage, SourceFault>> {
    const begunAt = this.clients.clock.ofOurs(request.begunAt);
    return this.call(request.administration, (client) => fetchPage(client, { ...request, begunAt }));
  }

  countAccounts(
    administration: SourceAdministration,
    purpose: CallPurpose,
  ): Promise<Result<number, SourceFault>> {
    return this.call(administration, (client) => client.count(administration.division, 'accounts', purpose));
  }

  countParts(
    administration: SourceAdministration,
    kind: PartKind,
    purpose: CallPurpose,
  ): Promise<Result<number, SourceFault>> {
    return this.call(administration, (client) =>
      client.count(administration.division, setOfPart[kind], purpose),
    );
  }

  movedAt(
    administration: SourceAdministration,
    purpose: CallPurpose,
  ): Promise<Result<MoveDates | undefined, SourceFault>> {
    return this.call(administration, async (client) => {
      const division = await client.division(administration.division, purpose);
      return division && { movedAt: movedAtOf(division) };
    });
  }

  mayReadAccounts(
    administration: SourceAdministration,
    purpose: CallPurpose,
  ): Promise<Result<boolean, SourceFault>> {
    const right = { endpoint: 'CRM/Accounts', action: 'GET' } as const;
    return this.call(administration, (client) =>
      client.userHasRights(administration.division, right, purpose),
    );
  }

  private async call<T>(
    { connectionId, region }: SourceAdministration,
    work: (client: ExactClient) => Promise<T>,
  ): Promise<Result<T, SourceFault>> {
    try {
      return ok(await work(this.clients.of(connectionId, region)));
    } catch (error) {
      return err(await this.clients.faultOf(connectionId, error));
    }
  }
}

async function fetchPage(client: ExactClient, request: PageRequest): Promise<SourcePage> {
  const { kind, cursor, purpose, administration } = request;
  const { division } = administration;
  const next = cursor.next ?? undefined;
  const since = { afterTimestamp: cursor.timestamp, next, class: purpose };
  switch (kind) {
    case 'accounts': {
      const page = await client.syncPage(kind, division, since);
      const { rows, rejected } = toAccountRows(page.rows);
      return pageOf({ kind: 'accounts', rows }, { page, timestamp: page.lastTimestamp, rejected });
    }
    case 'contacts': {
      const page = await client.syncPage(kind, division, since);
      return pageOf(
        { kind: 'parts', part: 'contact', rows: page.rows.map(toContact) },
        { page, timestamp: page.lastTimestamp },
      );
    }
    case 'addresses': {
      const page = await client.syncPage(kind, division, since);
      return pageOf(
        { kind: 'parts', part: 'address', rows: page.rows.map(toAddress) },
        { page, timestamp: page.lastTimestamp },
      );
    }
    case 'gl-accounts': {
      const page = await client.syncPage(kind, division, since);
      const rows = page.rows.map(toLedgerAccount);
      return pageOf({ kind: 'masters', master: kind, rows }, { page, timestamp: page.lastTimestamp });
    }
    case 'deleted': {
      const page = await client.deletedPage(division, since);
      return pageOf(
        { kind: 'deleted', rows: toDeletedRows(page.rows) },
        { page, timestamp: page.lastTimestamp },
      );
    }
    case 'bank-accounts': {
      const modifiedFrom = cursor.timestamp === firstTimestamp ? undefined : cursor.timestamp;
      const page = await client.bankAccountsPage(division, { modifiedFrom, next, class: purpose });
      const rows = page.rows.map(toBankAccount);
      const timestamp = page.lastModified ? notAfter(page.lastModified, request.begunAt) : cursor.timestamp;
      return pageOf({ kind: 'parts', part: 'bank-account', rows }, { page, timestamp });
    }
    case 'journals':
    case 'vat-codes':
    case 'payment-conditions':
    case 'cost-centers':
    case 'cost-units': {
      const page = await client.mastersPage(kind, division, { next, class: purpose });
      const toRow = toMaster[kind] as (row: unknown) => MasterRow; // the table pairs kinds and rows
      return pageOf(
        { kind: 'masters', master: kind, rows: page.rows.map(toRow) },
        { page, timestamp: cursor.timestamp },
      );
    }
    default:
      return unreachable(kind);
  }
}

/** Pages come by id, not by time: one that came in behind the read is older than what a later page says, and is for the next one (I3). */
function notAfter(lastModified: string, begunAt: Date): string {
  const latest = begunAt.toISOString();
  return lastModified < latest ? lastModified : latest;
}

function pageOf(
  rows: SourceRows,
  from: { page: Page<unknown>; timestamp: string; rejected?: readonly Rejection[] },
): SourcePage {
  const { page, timestamp, rejected = [] } = from;
  return {
    rows,
    rejected: [...page.rejected.map(toRejection), ...rejected],
    next: page.next ?? null,
    timestamp,
  };
}

function toRejection({ id, timestamp, reason }: ExactRejection): Rejection {
  const rowVersion = timestamp === undefined ? null : BigInt(timestamp);
  return {
    exactId: id ?? null,
    rowVersion,
    name: id ?? '?',
    reason: { kind: 'unreadable', message: reason },
  };
}
