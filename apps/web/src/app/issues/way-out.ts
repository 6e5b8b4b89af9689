import type { Issue } from '@koppel/contracts';
import { paths } from '../paths.js';
import type { IconName } from '../ui/icons.js';

export type WayOut = Issue['waysOut'][number];

/** What can be done with an issue on its row. */
export type IssueAction = 'approve' | 'reject' | 'recheck' | 'ignore';

/** Where a way out leads: into Exact, to a page of the portal, or an action on the issue itself. */
export type WayOutTarget =
  | { readonly kind: 'exact'; readonly url: string }
  | {
      readonly kind: 'page';
      readonly path: string;
      readonly query: Readonly<Record<string, string>>;
      /** The part of the page. */
      readonly fragment?: string;
    }
  | { readonly kind: 'action'; readonly action: IssueAction };

export function targetOf(
  way: WayOut,
  issue: Pick<Issue, 'cause' | 'administrationId'>,
): WayOutTarget | undefined {
  const administration: Record<string, string> = issue.administrationId
    ? { administratie: issue.administrationId }
    : {};
  switch (way.kind) {
    case 'open-exact':
      return way.url !== null && /^https?:\/\//.test(way.url) ? { kind: 'exact', url: way.url } : undefined;
    case 'reconnect':
      return { kind: 'page', path: paths.couplingPage('connect'), query: {} };
    case 'open-settings':
      return { kind: 'page', path: paths.settings, query: administration };
    case 'open-relation':
      return way.url === null ? undefined : { kind: 'page', path: way.url, query: {} };
    case 'open-match':
      return {
        kind: 'page',
        path: paths.match,
        query:
          issue.cause === 'double-in-administration'
            ? { soort: 'dubbel', ...administration }
            : administration,
      };
    case 'open-webhooks':
      return { kind: 'page', path: paths.manage, query: {}, fragment: 'webhooks' };
    case 'retry':
    case 'recheck':
    case 'write-again':
      return { kind: 'action', action: 'recheck' };
    case 'approve':
      return { kind: 'action', action: 'approve' };
    case 'reject':
      return { kind: 'action', action: 'reject' };
    case 'ignore':
      return { kind: 'action', action: 'ignore' };
  }
}

export const iconOf = (way: WayOut): IconName => {
  switch (way.kind) {
    case 'open-exact':
      return 'external';
    case 'reconnect':
      return 'link';
    case 'open-settings':
      return 'settings';
    case 'open-relation':
      return 'link';
    case 'open-match':
      return 'match';
    case 'open-webhooks':
      return 'external';
    case 'retry':
    case 'recheck':
    case 'write-again':
      return 'refresh';
    case 'approve':
      return 'check';
    case 'reject':
    case 'ignore':
      return 'close';
  }
};
