import { wallTimeMs } from '../odata/amsterdam-time.js';
import { jsonReply, type HttpReply } from '../http/exchange.js';
import { literalOf } from '../odata/filter-parser.js';
import { querySyntax } from '../odata/refusal.js';
import { tokenize } from '../odata/tokens.js';
import { findEndpoint } from '../schema/endpoints.js';
import type { Division } from '../store/division.js';

/** A function of the API: plain parameters instead of `$filter`. */
export interface FunctionCall {
  readonly query: ReadonlyMap<string, string>;
  readonly division: Division;
  readonly base: string;
  /** Whether the user may use an endpoint. */
  readonly hasRight: (path: string) => boolean;
}

const FUNCTIONS: Readonly<Record<string, (call: FunctionCall) => HttpReply>> = {
  'users/userhasrights': userHasRights,
  'read/sync/sync/synctimestamp': syncTimestamp,
};

/** Answers a function, or undefined when the path is none. */
export function callFunction(path: string, call: FunctionCall): HttpReply | undefined {
  return FUNCTIONS[path.toLowerCase()]?.(call);
}

/** `users/UserHasRights?endpoint='CRM/Accounts'&action='GET'` */
function userHasRights(call: FunctionCall): HttpReply {
  const path = text(call.query.get('endpoint'));
  const action = text(call.query.get('action')).toUpperCase();
  const endpoint = findEndpoint(path) ?? findEndpoint(path.toLowerCase());
  const isKnown = endpoint !== undefined && [...endpoint.methods].some((method) => method === action);
  return jsonReply(200, { d: { UserHasRights: isKnown && call.hasRight(endpoint.entity.path) } });
}

/** `read/sync/Sync/SyncTimestamp?modified=datetime'…'&endPoint='sync/CRM/Accounts'`: where to start for a date. */
function syncTimestamp({ query, division, base }: FunctionCall): HttpReply {
  const path = text(query.get('endPoint') ?? query.get('endpoint'));
  const endpoint = findEndpoint(path) ?? findEndpoint(`sync/${path}`);
  const since = literalOf(tokenize(query.get('modified') ?? '')[0] ?? { kind: 'name', text: '' });
  const table = endpoint?.entity.table;
  if (!endpoint || !table || table === 'none' || since?.type !== 'date') throw querySyntax();
  let stamp = division.database.lastStamp;
  for (const row of division.tables[table].all()) {
    if (wallTimeMs(row.$modified) >= Number(since.value)) stamp = Math.min(stamp, row.$stamp);
  }
  const uri = `${base}/read/sync/Sync/SyncTimestamp`;
  const row = {
    __metadata: { uri, type: 'Exact.Web.Api.Models.Sync.SyncTimestamp' },
    Modified: `/Date(${String(since.value)})/`,
    API: endpoint.path,
    TimeStampAsBigInt: division.database.stampText(stamp),
  };
  return jsonReply(200, { d: { results: [row] } });
}

function text(parameter: string | undefined): string {
  const token = parameter === undefined ? undefined : tokenize(parameter)[0];
  if (token?.kind !== 'string') throw querySyntax();
  return token.text;
}
