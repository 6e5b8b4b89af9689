import { reply, type HttpReply } from '../http/exchange.js';
import { languageOf } from '../odata/messages.js';
import { valueJson } from '../odata/json-writer.js';
import { literalOf } from '../odata/filter-parser.js';
import { querySyntax, Refusal } from '../odata/refusal.js';
import { tokenize } from '../odata/tokens.js';
import { RULES } from '../rules/all-rules.js';
import type { EntityRules, WriteContext } from '../rules/write-context.js';
import { endpointOf, type Endpoint } from '../schema/endpoints.js';
import type { Changes } from '../store/changes.js';
import type { Row } from '../store/rows.js';
import type { Switches } from '../switches.js';
import type { Access } from './access.js';
import { bodyLines, bodyValues, parseBody, type BodyReading } from './body-values.js';
import { baseOf, type ApiCall } from './router.js';
import { recordUri, writerFor, type View } from './shape.js';

const BODY_BYTES_MAX = 10 * 1024 * 1024;

export interface WriterDeps {
  readonly changes: Changes;
  readonly access: Access;
  readonly switches: () => Switches;
  readonly now: () => number;
  /** Called after a webhook subscription was made. */
  readonly onSubscribed: (call: ApiCall, row: Row) => void;
  /** Refuses callback addresses that the app may not use. */
  readonly checkCallback: (call: ApiCall, url: unknown) => void;
}

/** Answers POST, PUT and DELETE (specification, sections 3.6 and 3.7). */
export class Writer {
  constructor(private readonly deps: WriterDeps) {}

  write(call: ApiCall, endpoint: Endpoint): HttpReply {
    const { table, path } = endpoint.entity;
    const rules = table === 'none' ? undefined : RULES[table];
    if (!rules) throw new Refusal(405, 'Method not allowed for this resource.');
    if (!this.deps.access.hasRight(call.grant.user, path)) throw new Refusal(403, 'Forbidden');
    switch (call.request.method) {
      case 'POST':
        return this.create(call, endpoint, rules);
      case 'PUT':
        return this.update(call, endpoint, rules);
      default:
        rules.remove(this.context(call), this.rowOf(call, endpoint));
        return reply(204);
    }
  }

  private create(call: ApiCall, endpoint: Endpoint, rules: EntityRules): HttpReply {
    if (call.address.key !== undefined) throw new Refusal(405, 'Method not allowed for this resource.');
    const body = this.body(call);
    if (endpoint.entity.table === 'WebhookSubscriptions') this.deps.checkCallback(call, body.CallbackURL);
    const reading = this.reading(call, 'POST');
    const values = bodyValues(endpoint.entity, body, reading);
    const row = rules.create(this.context(call), values, this.lines(endpoint, body, reading));
    if (endpoint.entity.table === 'WebhookSubscriptions') this.deps.onSubscribed(call, row);
    return this.created(call, endpoint, row);
  }

  private update(call: ApiCall, endpoint: Endpoint, rules: EntityRules): HttpReply {
    const row = this.rowOf(call, endpoint);
    const values = bodyValues(endpoint.entity, this.body(call), this.reading(call, 'PUT'));
    rules.update(this.context(call), row, values);
    return reply(204);
  }

  private lines(
    endpoint: Endpoint,
    body: Readonly<Record<string, unknown>>,
    reading: BodyReading,
  ): ReturnType<typeof bodyLines> {
    for (const [name, table] of Object.entries(endpoint.entity.collections ?? {})) {
      const lineEntity = endpointOf(table)?.entity;
      const isWritable = endpoint.entity.fieldByName.get(name)?.flag === 'w';
      if (lineEntity && isWritable) return bodyLines(lineEntity, body[name], reading);
    }
    return [];
  }

  private created(call: ApiCall, endpoint: Endpoint, row: Row): HttpReply {
    const view: View = { endpoint, division: call.division, base: baseOf(call) };
    const prefer = String(call.request.headers.prefer ?? '');
    const isFull = !endpoint.isPostNullFilled || /return=representation/i.test(prefer);
    const uri = recordUri(view, row);
    const json = isFull
      ? writerFor(view, { select: undefined, expand: [] })(row)
      : nullFilled(view, row, uri);
    const headers = { 'Content-Type': 'application/json;charset=utf-8', Location: uri };
    const key = endpoint.key.read(row, call.division);
    return { ...reply(201, `{"d":${json}}`, headers), recordKey: String(key) };
  }

  private rowOf(call: ApiCall, endpoint: Endpoint): Row {
    const { table } = endpoint.entity;
    const [token, ...rest] = tokenize(call.address.key ?? '');
    const literal = token && rest.length === 0 ? literalOf(token) : undefined;
    if (literal?.type !== 'guid' || table === 'none') throw querySyntax();
    const row = call.division.tables[table].find(String(literal.value));
    const isForeign = table === 'WebhookSubscriptions' && row?.ClientID !== call.grant.clientId;
    if (!row || isForeign) throw new Refusal(404, `Resource not found for the segment '${endpoint.path}'.`);
    return row;
  }

  private body({ request }: ApiCall): Readonly<Record<string, unknown>> {
    if (request.body.length > BODY_BYTES_MAX) throw new Refusal(413, 'The request is larger than 10 MB.');
    const type = request.headers['content-type'] ?? '';
    if (!type.toLowerCase().startsWith('application/json'))
      throw new Refusal(415, 'Unsupported media type requested.');
    return parseBody(request.body.toString('utf8'));
  }

  private reading(call: ApiCall, method: 'POST' | 'PUT'): BodyReading {
    const { lengthPolicy } = this.deps.switches();
    return { division: call.division, method, lengthPolicy, language: this.language(call) };
  }

  private context(call: ApiCall): WriteContext {
    const { now } = this.deps;
    const { division, grant } = call;
    const changes = this.deps.changes.by(grant.user, division);
    return {
      division,
      user: grant.user,
      clientId: grant.clientId,
      language: this.language(call),
      now: now(),
      changes,
    };
  }

  private language({ request }: ApiCall): 'nl' | 'en' {
    return languageOf(request.headers['accept-language'], this.deps.switches().messageLanguage);
  }
}

/** Value-type properties that a null-filled answer shows with their zero, whatever the record holds. */
const ZEROES: ReadonlySet<string> = new Set([
  'CostPaid',
  'IsAccountant',
  'IsAgency',
  'IsAnonymised',
  'IsCompetitor',
  'IsMailing',
  'SeparateInvPerProject',
  'SeparateInvPerSubscription',
  'IgnoreDatevWarningMessage',
  'AccountIsCustomer',
  'AccountIsSupplier',
]);

/** "Once the POST has completed, the entity will contain all properties with the NULL value." */
function nullFilled({ endpoint, division }: View, row: Row, uri: string): string {
  const { model, collections } = endpoint.entity;
  const parts = [`"__metadata":{"uri":"${uri}","type":"Exact.Web.Api.Models.${model}"}`];
  for (const field of endpoint.fields) {
    const isKey = field === endpoint.key;
    const zero = field.type === 'bool' ? 'false' : '0';
    const text = isKey
      ? valueJson(field.type, field.read(row, division))
      : ZEROES.has(field.name)
        ? zero
        : 'null';
    parts.push(`"${field.name}":${text}`);
  }
  for (const name of Object.keys(collections ?? {}))
    parts.push(`"${name}":{"__deferred":{"uri":"${uri}/${name}"}}`);
  return `{${parts.join(',')}}`;
}
