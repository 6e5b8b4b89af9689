import type { TableName } from '../store/division.js';
import { ACCOUNTS, ADDRESSES, BANK_ACCOUNTS, CONTACTS } from './crm-entities.js';
import type { Field } from './edm.js';
import type { Entity } from './entity.js';
import { DELETED, RECEIVABLES, SALES_ENTRIES, SALES_ENTRY_LINES } from './entry-entities.js';
import {
  COSTCENTERS,
  COSTUNITS,
  GL_ACCOUNTS,
  JOURNALS,
  PAYMENT_CONDITIONS,
  VAT_CODES,
} from './master-entities.js';
import { ALL_DIVISIONS, DIVISIONS, ME, WEBHOOK_SUBSCRIPTIONS } from './system-entities.js';

export type EndpointKind = 'plain' | 'bulk' | 'sync' | 'read';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One address of the API that serves records of an entity. */
export interface Endpoint {
  readonly path: string;
  readonly kind: EndpointKind;
  readonly entity: Entity;
  readonly key: Field;
  readonly fields: readonly Field[];
  readonly fieldByName: ReadonlyMap<string, Field>;
  readonly methods: ReadonlySet<Method>;
  readonly pageSize: number;
  /** Properties one of which a filter must name; undefined = no filter needed. */
  readonly mandatoryFilter: ReadonlySet<string> | undefined;
  /** Whether a POST answers with nulls unless `Prefer: return=representation` is sent. */
  readonly isPostNullFilled: boolean;
}

const PLAIN_PAGE = 60;
const LARGE_PAGE = 1_000;
const ALL_METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'DELETE'];

/** The list that Exact gives for accounts (specification, section 2.5). */
const ACCOUNT_FILTERS =
  'ID Accountant AccountManager AddressLine1 AddressLine2 AddressLine3 Blocked BRIN BSN ChamberOfCommerce City ' +
  'Classification Classification1 Classification2 Classification3 Classification4 Classification5 Classification6 ' +
  'Classification7 Classification8 Code CodeAtSupplier Country Created Email EndDate EORINumber Fax InvoiceAccount ' +
  'IsAccountant IsReseller IsSales IsSupplier MainContact Modified Name Parent Phone Postcode PriceList Reseller ' +
  'RSIN SearchCode StartDate Status Type VATNumber';

const ENTITIES_WITH_SYNC: readonly (readonly [Entity, string])[] = [
  [ACCOUNTS, 'CRM/Accounts'],
  [CONTACTS, 'CRM/Contacts'],
  [ADDRESSES, 'CRM/Addresses'],
  [GL_ACCOUNTS, 'Financial/GLAccounts'],
];

const NULL_FILLED: ReadonlySet<string> = new Set(['Accounts', 'Contacts', 'Addresses', 'BankAccounts']);

const byAddress = new Map<string, Endpoint>();

/** Finds an endpoint: the set's name is case sensitive, the segments before it are not (section 3.1). */
export function findEndpoint(path: string): Endpoint | undefined {
  return byAddress.get(addressKey(path));
}

/** The plain endpoint of a table, for links between records. */
export function endpointOf(table: TableName): Endpoint | undefined {
  for (const endpoint of byAddress.values()) {
    if (endpoint.entity.table === table && endpoint.kind !== 'sync' && endpoint.kind !== 'bulk')
      return endpoint;
  }
  return undefined;
}

function addressKey(path: string): string {
  const cut = path.lastIndexOf('/') + 1;
  return path.slice(0, cut).toLowerCase() + path.slice(cut);
}

function register(entity: Entity, path: string, rest: Partial<Endpoint> & Pick<Endpoint, 'kind'>): void {
  const isSync = rest.kind === 'sync';
  const stamp: Field = {
    name: 'Timestamp',
    type: 'i64',
    flag: 'r',
    isRequired: false,
    read: (row, division) => division.database.stampText(row.$stamp),
  };
  const withoutStamp = entity.fieldList.filter(
    (field) => field.type !== 'coll' && field.name !== 'Timestamp',
  );
  const fields = isSync ? [stamp, ...withoutStamp] : withoutStamp;
  const fieldByName = new Map([
    ...entity.fieldByName,
    ...fields.map((field) => [field.name, field] as const),
  ]);
  const key = isSync ? stamp : fieldByName.get(entity.key);
  if (!key) throw new Error(`${path} has no key ${entity.key}`);
  byAddress.set(addressKey(path), {
    path,
    entity,
    key,
    fields,
    fieldByName,
    methods: new Set(['GET']),
    pageSize: rest.kind === 'plain' || rest.kind === 'read' ? PLAIN_PAGE : LARGE_PAGE,
    mandatoryFilter: undefined,
    isPostNullFilled: NULL_FILLED.has(entity.table),
    ...rest,
  });
}

function filtersOf(entity: Entity): ReadonlySet<string> {
  if (entity === ACCOUNTS) return new Set(ACCOUNT_FILTERS.split(' '));
  return new Set(
    entity.fieldList.filter(({ type }) => type !== 'coll' && type !== 'bin').map(({ name }) => name),
  );
}

for (const [entity, syncPath] of ENTITIES_WITH_SYNC) {
  const mandatoryFilter = filtersOf(entity);
  register(entity, entity.path, { kind: 'plain', methods: new Set(ALL_METHODS), mandatoryFilter });
  register(entity, `bulk/${syncPath}`, { kind: 'bulk', mandatoryFilter });
  register(entity, `sync/${syncPath}`, { kind: 'sync' });
}
for (const entity of [
  BANK_ACCOUNTS,
  JOURNALS,
  VAT_CODES,
  COSTCENTERS,
  COSTUNITS,
  SALES_ENTRIES,
  WEBHOOK_SUBSCRIPTIONS,
]) {
  register(entity, entity.path, { kind: 'plain', methods: new Set(ALL_METHODS) });
}
register(PAYMENT_CONDITIONS, PAYMENT_CONDITIONS.path, { kind: 'plain', methods: new Set(['GET', 'POST']) });
register(RECEIVABLES, RECEIVABLES.path, { kind: 'read' });
register(SALES_ENTRY_LINES, SALES_ENTRY_LINES.path, { kind: 'plain' });
register(DELETED, DELETED.path, { kind: 'sync' });
register(DIVISIONS, DIVISIONS.path, { kind: 'plain' });
register(ALL_DIVISIONS, ALL_DIVISIONS.path, { kind: 'plain' });
register(ME, ME.path, { kind: 'plain' });
