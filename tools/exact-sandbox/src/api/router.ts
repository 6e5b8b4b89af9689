import { parseQuery, type HttpReply, type HttpRequest } from '../http/exchange.js';
import type { Grant } from '../oauth/token-machine.js';
import { parseOptions } from '../odata/query-options.js';
import { literalOf } from '../odata/filter-parser.js';
import { querySyntax, Refusal } from '../odata/refusal.js';
import { tokenize } from '../odata/tokens.js';
import type { Random } from '../random.js';
import { endpointOf, findEndpoint, type Endpoint, type Method } from '../schema/endpoints.js';
import type { Changes } from '../store/changes.js';
import type { Division } from '../store/division.js';
import type { Row } from '../store/rows.js';
import type { Table } from '../store/table.js';
import type { Switches } from '../switches.js';
import type { World } from '../world/world.js';
import type { Access } from './access.js';
import type { ApiAddress } from './address.js';
import type { ReadContext, RecordSource } from './context.js';
import { callFunction } from './functions.js';
import { checkMandatoryFilter, readCollection, readCount, readOne } from './read.js';
import { childrenOf } from './shape.js';
import { divisionSource, listSource, meSource } from './system-rows.js';

export interface RouterDeps {
  readonly world: World;
  readonly access: Access;
  readonly switches: () => Switches;
  readonly random: Random;
  readonly now: () => number;
  readonly changes: Changes;
}

/** A call that has passed authentication, limits and the division's door. */
export interface ApiCall {
  readonly request: HttpRequest;
  readonly address: ApiAddress;
  readonly grant: Grant;
  /** The division of the call; for `current/Me` the user's current one. */
  readonly division: Division;
}

/** Answers reads; writes are handed to `write`. */
export class Router {
  constructor(
    private readonly deps: RouterDeps,
    private readonly write: (call: ApiCall, endpoint: Endpoint) => HttpReply,
  ) {}

  answer(call: ApiCall): HttpReply {
    const { address, request } = call;
    const endpoint = findEndpoint(address.path);
    if (!endpoint) return this.answerFunction(call);
    if (!endpoint.methods.has(methodOf(request)))
      throw new Refusal(405, 'Method not allowed for this resource.');
    return request.method === 'GET' ? this.read(call, endpoint) : this.write(call, endpoint);
  }

  private answerFunction(call: ApiCall): HttpReply {
    const { address, request, division } = call;
    const answer = callFunction(address.path, {
      query: parseQuery(request.query),
      division,
      base: baseOf(call),
      hasRight: (path) => this.deps.access.hasRight(call.grant.user, path),
    });
    if (!answer) throw new Refusal(404, "Resource not found for the segment '" + address.path + "'.");
    return answer;
  }

  private read(call: ApiCall, endpoint: Endpoint): HttpReply {
    const { address } = call;
    const context = this.context(call, endpoint, this.source(call, endpoint));
    if (address.tail === '$count') return readCount(context);
    if (address.key === undefined) {
      if (this.deps.switches().mandatoryFiltering) checkMandatoryFilter(context);
      return readCollection(context);
    }
    const row = findByKey(context, address.key);
    if (!row) throw new Refusal(404, "Resource not found for the segment '" + endpoint.path + "'.");
    return address.tail === undefined ? readOne(context, row) : this.readChildren(context, call, row);
  }

  private readChildren(parent: ReadContext, call: ApiCall, row: Row): HttpReply {
    const table = parent.endpoint.entity.collections?.[call.address.tail ?? ''];
    const endpoint = table === undefined ? undefined : endpointOf(table);
    if (table === undefined || !endpoint)
      throw new Refusal(404, "Resource not found for the segment '" + (call.address.tail ?? '') + "'.");
    const { division } = parent;
    const rows = [...childrenOf(parent, table, row)];
    const source = listSource(rows, (child) => division.tables[table].guid(child.$row));
    return readCollection(this.context(call, endpoint, source));
  }

  private context(call: ApiCall, endpoint: Endpoint, source: RecordSource): ReadContext {
    const query = parseQuery(call.request.query);
    const switches = this.deps.switches();
    return {
      endpoint,
      division: call.division,
      source,
      query,
      options: parseOptions(query),
      base: baseOf(call),
      topArrayShape: switches.topArrayShape && endpoint.path !== 'current/Me',
      extraEmptyLastPage: switches.extraEmptyLastPage,
      isPageRepeating: () => this.deps.random.chance(switches.dupRowsWhilePaging),
    };
  }

  private source(call: ApiCall, endpoint: Endpoint): RecordSource {
    const { access, world, now } = this.deps;
    const { grant, division } = call;
    const { table } = endpoint.entity;
    if (endpoint.path === 'current/Me') return meSource(world, { number: grant.user, division, now: now() });
    if (endpoint.path === 'system/AllDivisions')
      return divisionSource(world.divisions, access.currentDivision(grant));
    if (table === 'none') return divisionSource(access.listed(grant), access.currentDivision(grant));
    // Without the right to read, Exact shows an empty list instead of an error.
    if (!access.hasRight(grant.user, endpoint.entity.path)) return listSource([], () => '');
    if (table === 'Deleted') this.deps.changes.forgetOldDeletions(division);
    return endpoint.entity.table === 'WebhookSubscriptions'
      ? ownSubscriptions(division.tables.WebhookSubscriptions, grant.clientId)
      : tableSource(division, table);
  }
}

/** `http://host/api/v1/{division}`, or `…/v1` for `current/Me`. */
export function baseOf({ request, address, division }: ApiCall): string {
  return address.division === undefined
    ? `${request.origin}/api/v1`
    : `${request.origin}/api/v1/${division.code}`;
}

function methodOf(request: HttpRequest): Method {
  const { method } = request;
  if (method === 'GET' || method === 'POST' || method === 'PUT' || method === 'DELETE') return method;
  throw new Refusal(501, 'Not implemented.');
}

function tableSource(division: Division, name: keyof Division['tables']): RecordSource {
  const table = division.tables[name];
  if (name !== 'Receivables') return table;
  const rows = [...table.all()];
  return listSource(rows, (row) => String(row.HID));
}

/** An app sees its own subscriptions only. */
function ownSubscriptions(table: Table, clientId: string): RecordSource {
  return listSource([...table.where('ClientID', clientId)], (row) => table.guid(row.$row));
}

/** The row that `Set(key)` names. */
export function findByKey({ endpoint, source, division }: ReadContext, key: string): Row | undefined {
  const [token, ...rest] = tokenize(key);
  const literal = token && rest.length === 0 ? literalOf(token) : undefined;
  if (!literal) throw querySyntax();
  if (endpoint.kind !== 'sync') return source.find(String(literal.value));
  if (literal.type !== 'i64') throw querySyntax();
  const stamp = division.database.offsetOf(BigInt(String(literal.value)));
  for (const row of source.afterStamp?.(stamp - 1) ?? []) return row.$stamp === stamp ? row : undefined;
  return undefined;
}
