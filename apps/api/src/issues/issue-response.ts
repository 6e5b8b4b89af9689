import type { Issue as IssueResponse } from '@koppel/contracts';
import { factsOfCause, fillText, type Text, type WayOutKind } from '@koppel/domain/issues';
import { regionBaseUrl, type Region } from '@koppel/exact-client/auth';
import type { IssueRow } from '@koppel/persistence/read';

const labels: Readonly<Record<WayOutKind, Text>> = {
  approve: { nl: 'Goedkeuren en overal schrijven', en: 'Approve and write everywhere' },
  reject: { nl: 'Afwijzen', en: 'Reject' },
  retry: { nl: 'Opnieuw proberen', en: 'Try again' },
  'write-again': { nl: 'Opnieuw proberen', en: 'Try again' },
  recheck: { nl: 'Opnieuw controleren', en: 'Check again' },
  'open-exact': { nl: 'Openen in Exact', en: 'Open in Exact' },
  reconnect: { nl: 'Opnieuw koppelen', en: 'Reconnect' },
  'open-settings': { nl: 'Naar de instellingen', en: 'To the settings' },
  'open-relation': { nl: 'Naar de relatie', en: 'To the relation' },
  'open-match': { nl: 'Naar matchen', en: 'To matching' },
  'open-webhooks': { nl: 'Naar de webhooks', en: 'To the webhooks' },
  ignore: { nl: 'Negeren', en: 'Ignore' },
};

/** An issue with its texts filled in; a way into Exact only where the record is known. */
export function toIssueResponse(row: IssueRow): IssueResponse {
  const facts = factsOfCause(row.cause);
  return {
    id: row.id,
    administrationId: row.administrationId,
    administrationName: row.administration?.name ?? null,
    cause: row.cause,
    causeTitle: causeTitle(row.cause),
    class: row.class,
    isBlocking: row.isBlocking,
    title: fillText(facts.title, row.params),
    explanation: fillText(facts.explanation, row.params),
    waysOut: facts.waysOut
      .map((kind) => ({ kind, label: labels[kind], url: urlOf(kind, row) }))
      .filter(({ kind, url }) => !leadsSomewhere(kind) || url !== null),
    occurrences: row.occurrences,
    state: row.state,
    openedAt: row.openedAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    closedBy: row.closedBy,
    ignoredReason: row.ignoredReason,
    version: row.version,
  };
}

/** The title of a whole cause: the part before the first parameter, or all of it. */
export function causeTitle(cause: IssueRow['cause']): Text {
  const { nl, en } = factsOfCause(cause).title;
  const head = (text: string) => text.split(/:? \{/)[0] ?? text;
  return { nl: head(nl), en: head(en) };
}

const leadsSomewhere = (kind: WayOutKind) => kind === 'open-exact' || kind === 'open-relation';

function urlOf(kind: WayOutKind, row: IssueRow): string | null {
  if (kind === 'open-exact') return exactUrl(row);
  const { relationId } = row.params;
  return kind === 'open-relation' && relationId !== undefined ? `/relaties/${relationId}` : null;
}

function exactUrl({ administration, params }: IssueRow): string | null {
  if (!administration) return null;
  const site = regionBaseUrl(administration.region as Region); // written by our own connect step
  const accountId = params['otherExactId'] ?? params['exactId'];
  const division = `_Division_=${administration.division}`;
  return accountId === undefined
    ? `${site}/docs/CRMAccounts.aspx?${division}`
    : `${site}/docs/CRMAccountCard.aspx?${division}&AccountID=${encodeURIComponent(String(accountId))}`;
}
