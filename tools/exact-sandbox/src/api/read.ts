import { reply, type HttpReply } from '../http/exchange.js';
import { compileFilter, fieldsIn, type Predicate } from '../odata/filter-compiler.js';
import type { Expression } from '../odata/filter-parser.js';
import { querySyntax, Refusal } from '../odata/refusal.js';
import type { Row, Value } from '../store/rows.js';
import type { Field } from '../schema/edm.js';
import type { ReadContext } from './context.js';
import { keyLiteral, writerFor } from './shape.js';
import { stampRange } from './stamp-range.js';

const JSON_HEADERS = { 'Content-Type': 'application/json;charset=utf-8' };

/** Reads a collection: one page, in the shape that WCF Data Services gives it (specification, sections 3.2 and 3.3). */
export function readCollection(context: ReadContext): HttpReply {
  const { endpoint, options } = context;
  checkOptions(context);
  const write = writerFor(context, options);
  const isFinal = options.top !== undefined && options.top <= endpoint.pageSize;
  const size = Math.min(options.top ?? endpoint.pageSize, endpoint.pageSize);
  const rows = takePage(context, size);
  const texts = rows.map(write);
  const repeated = repeatedRow(context);
  if (repeated) texts.unshift(write(repeated));
  if (isFinal && context.topArrayShape && !options.isInlineCount) {
    return reply(200, inPieces('{"d":[', texts, ']}'), JSON_HEADERS);
  }
  const count = options.isInlineCount ? `,"__count":"${countRows(context)}"` : '';
  const next = isFinal ? undefined : nextLink(context, rows, size);
  const link = next === undefined ? '' : `,"__next":${JSON.stringify(next)}`;
  return reply(200, inPieces('{"d":{"results":[', texts, `]${count}${link}}}`), JSON_HEADERS);
}

const ROWS_PER_PIECE = 50;

function inPieces(head: string, rows: readonly string[], tail: string): string[] {
  const pieces = [head];
  for (let start = 0; start < rows.length; start += ROWS_PER_PIECE) {
    const text = rows.slice(start, start + ROWS_PER_PIECE).join(',');
    pieces.push(start === 0 ? text : `,${text}`);
  }
  pieces.push(tail);
  return pieces;
}

/** Reads one record by its key. */
export function readOne(context: ReadContext, row: Row): HttpReply {
  return reply(200, `{"d":${writerFor(context, context.options)(row)}}`, JSON_HEADERS);
}

/** `…/$count`: a plain number. */
export function readCount(context: ReadContext): HttpReply {
  return reply(200, String(countRows(context)), { 'Content-Type': 'text/plain;charset=utf-8' });
}

function checkOptions({ endpoint, options }: ReadContext): void {
  if (endpoint.kind === 'bulk' && !options.select && options.top !== 1) {
    throw new Refusal(400, 'Please add a $select or a $top=1 statement to the query string.');
  }
  if (endpoint.kind === 'sync' || endpoint.kind === 'bulk') {
    if (options.skip !== undefined) throw new Refusal(400, '$skip is not supported for this resource.');
  }
  if (endpoint.kind === 'sync' && options.orderBy.length > 0) {
    throw new Refusal(400, '$orderby is not supported for this resource.');
  }
}

/** Refuses a read without one of the filters that the endpoint demands (section 2.5). */
export function checkMandatoryFilter({ endpoint, options }: ReadContext): void {
  const allowed = endpoint.mandatoryFilter;
  if (!allowed) return;
  const used = options.filter ? [...fieldsIn(options.filter)] : [];
  if (used.some((name) => allowed.has(name))) return;
  throw new Refusal(
    400,
    'This endpoint has mandatory filtering applied. A GET request for this endpoint must have a $filter parameter ' +
      `with one of the following fields in the url: ${[...allowed].join(',')}.`,
  );
}

function takePage(context: ReadContext, size: number): readonly Row[] {
  const page: Row[] = [];
  if (size === 0) return page;
  let toSkip = context.options.skipToken ? 0 : (context.options.skip ?? 0);
  for (const row of candidates(context)) {
    if (toSkip > 0) toSkip -= 1;
    else page.push(row);
    if (page.length === size) break;
  }
  return page;
}

/** All matching rows from the skip token on, in the order asked. */
function candidates(context: ReadContext): Iterable<Row> {
  const { endpoint, source, options, division } = context;
  if (endpoint.kind === 'sync') return syncCandidates(context);
  const test = options.filter ? compileFilter(options.filter, endpoint.fieldByName) : undefined;
  const direct = options.filter ? keyLookup(options.filter, endpoint.key) : undefined;
  if (direct !== undefined) {
    const row = source.find(direct);
    return row && test?.(row, division) === true && !options.skipToken ? [row] : [];
  }
  if (options.orderBy.length > 0) return orderedCandidates(context, test);
  const after = options.skipToken ? String(options.skipToken[0]?.value ?? '') : undefined;
  return matching(source.inKeyOrder(after), context, test);
}

function* matching(
  rows: Iterable<Row>,
  { division }: ReadContext,
  test: Predicate | undefined,
): Generator<Row> {
  for (const row of rows) if (!test || test(row, division)) yield row;
}

/** Sync resources take a filter on Timestamp only, and are read in order of row version. */
function syncCandidates(context: ReadContext): Iterable<Row> {
  const { source, options, division } = context;
  const range = stampRange(options.filter, division.database, context.endpoint.path === 'sync/Deleted');
  const token = options.skipToken?.[0];
  if (token && token.type !== 'i64') throw querySyntax();
  const resumeAfter = token ? division.database.offsetOf(BigInt(String(token.value))) : undefined;
  const after = Math.max(range.after, resumeAfter ?? Number.NEGATIVE_INFINITY);
  const rows = source.afterStamp?.(after) ?? [];
  return takeWhileInRange(rows, range.upTo, range.entityType);
}

function* takeWhileInRange(
  rows: Iterable<Row>,
  upTo: number,
  entityType: number | undefined,
): Generator<Row> {
  for (const row of rows) {
    if (row.$stamp > upTo) return;
    if (entityType === undefined || row.EntityType === entityType) yield row;
  }
}

/** The GUID in a filter that is exactly `ID eq guid'…'`. */
function keyLookup(filter: Expression, key: Field): string | undefined {
  if (filter.kind !== 'compare' || filter.operator !== 'eq' || key.type !== 'guid') return undefined;
  const { left, right } = filter;
  if (left.kind !== 'field' || left.name !== key.name || right.kind !== 'literal' || right.type !== 'guid')
    return undefined;
  return String(right.value);
}

function orderedCandidates(context: ReadContext, test: Predicate | undefined): readonly Row[] {
  const { options, division, source } = context;
  const keys = orderFields(context);
  const compare = (left: readonly Value[], right: readonly Value[]): number => {
    for (let i = 0; i < keys.length; i += 1) {
      const order = compareValues(left[i], right[i]) * (keys[i]?.isDescending ? -1 : 1);
      if (order !== 0) return order;
    }
    return 0;
  };
  const valued = [...matching(source.inKeyOrder(), context, test)].map((row) => ({
    row,
    values: keys.map(({ field }) => field.read(row, division)),
  }));
  valued.sort((left, right) => compare(left.values, right.values));
  const token = options.skipToken?.map((literal) => literal.value);
  return valued.filter(({ values }) => !token || compare(values, token) > 0).map(({ row }) => row);
}

function orderFields({
  endpoint,
  options,
}: ReadContext): readonly { readonly field: Field; readonly isDescending: boolean }[] {
  const asked = options.orderBy.map(({ name, isDescending }) => {
    const field = endpoint.fieldByName.get(name);
    if (!field || field.type === 'coll') throw new Refusal(400, `Could not find a property named '${name}'.`);
    return { field, isDescending };
  });
  return [...asked, { field: endpoint.key, isDescending: false }];
}

function compareValues(left: Value, right: Value): number {
  if (left === right) return 0;
  if (left === null || left === undefined) return -1;
  if (right === null || right === undefined) return 1;
  return left < right ? -1 : 1;
}

function countRows(context: ReadContext): number {
  const { options, source } = context;
  if (!options.filter) return source.size;
  const counted = { ...context, options: { ...options, skipToken: undefined } };
  let count = 0;
  for (const row of candidates(counted)) if (row) count += 1;
  return count;
}

/** A full page has a next link, also when it was the last one. */
function nextLink(context: ReadContext, rows: readonly Row[], size: number): string | undefined {
  const last = rows.at(-1);
  if (!last || rows.length < size) return undefined;
  const { endpoint, division, options, base } = context;
  const keys =
    endpoint.kind === 'sync' || options.orderBy.length === 0
      ? [{ field: endpoint.key }]
      : orderFields(context);
  const token = keys.map(({ field }) => keyLiteral(field, last, division)).join(',');
  const query = new Map(context.query);
  query.delete('$skip');
  query.set('$skiptoken', token);
  if (options.top !== undefined) query.set('$top', String(options.top - size));
  const next = `${base}/${endpoint.path}?${[...query].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
  return context.extraEmptyLastPage || takePage(context, size + 1).length > size ? next : undefined;
}

/** With the switch for it on, a page after the first may repeat the row before it. */
function repeatedRow(context: ReadContext): Row | undefined {
  const { endpoint, source, options } = context;
  const token = options.skipToken?.at(-1);
  if (!token || !context.isPageRepeating()) return undefined;
  if (endpoint.kind !== 'sync' || token.type !== 'i64') return source.find(String(token.value));
  const stamp = context.division.database.offsetOf(BigInt(String(token.value)));
  for (const row of source.afterStamp?.(stamp - 1) ?? []) return row.$stamp === stamp ? row : undefined;
  return undefined;
}
