import { z } from 'zod';
import { ExactError } from '../errors.js';
import type { CallClass } from '../limits/budget.js';
import { divisionUrl } from '../odata/address.js';
import { unwrap } from '../odata/envelope.js';
import { literal, paddedCode } from '../odata/literals.js';
import { classOf, send, type Context } from '../request.js';
import { accountSchema, type Account } from './account-fields.js';
import { create, type Created } from './create.js';
import { checkedInput, onlyRow } from './one.js';
import { PART_ENDPOINTS } from './parts.js';
import { assertSameDivision, publicPage, readPage, selectOf, type Page } from './page.js';

const optionalText = z.string().nullable().optional();
const optionalDate = z.iso.date().nullable().optional();
const optionalReference = z.guid().nullable().optional();

/** What may be changed of an account. Never `Code`: even unchanged it makes Exact refuse the whole update. References are GUIDs of the same division. */
export const accountPatch = z.strictObject({
  Name: z.string().min(1).optional(),
  SearchCode: optionalText,
  TradeName: optionalText,
  Status: z.enum(['A', 'S', 'P', 'C']).optional(),
  IsSupplier: z.boolean().optional(),
  Blocked: z.boolean().optional(),
  StartDate: optionalDate,
  EndDate: optionalDate,
  ChamberOfCommerce: optionalText,
  VATNumber: optionalText,
  RSIN: optionalText,
  OINNumber: optionalText,
  GlnNumber: optionalText,
  PeppolIdentifier: optionalText,
  Email: optionalText,
  Phone: optionalText,
  Website: optionalText,
  AddressLine1: optionalText,
  AddressLine2: optionalText,
  AddressLine3: optionalText,
  Postcode: optionalText,
  City: optionalText,
  State: optionalText,
  Country: optionalText,
  Language: optionalText,
  MainContact: optionalReference,
  PaymentConditionSales: optionalText,
  PaymentConditionPurchase: optionalText,
  SalesVATCode: optionalText,
  PurchaseVATCode: optionalText,
  GLAccountSales: optionalReference,
  GLAccountPurchase: optionalReference,
  Remarks: optionalText,
});
/** Only the fields given are sent and changed; null clears one. */
export type AccountPatch = z.input<typeof accountPatch>;

const newAccount = accountPatch.extend({
  Name: z.string().min(1),
  Code: z
    .string()
    .trim()
    .regex(/^\d{1,18}$/)
    .optional(),
});
/** `Code` is Exact's own next number when absent. */
export type NewAccount = z.input<typeof newAccount>;

/** One field to look an account up by. VAT and KvK numbers are compared as they are written in Exact: ask for each spelling. */
export type AccountFilter =
  | { readonly code: string }
  | { readonly name: string }
  | { readonly vatNumber: string }
  | { readonly chamberOfCommerce: string };

const ENDPOINT = 'crm/Accounts';
// Where filters are mandatory any accepted field will do; no record has the zero GUID.
const EVERYTHING = "ID ne guid'00000000-0000-0000-0000-000000000000'";

export function createAccounts(context: Context) {
  const schema = accountSchema(context.zone);
  const ownClass = classOf(context);
  const byId = (id: string) => `${ENDPOINT}(${literal.guid(id)})`;
  return {
    async count(
      division: number,
      kind: keyof typeof COUNTED,
      callClass: CallClass = 'resync',
    ): Promise<number> {
      const path = `${COUNTED[kind]}/$count`;
      const url = divisionUrl({ baseUrl: context.baseUrl, division }, path, { $filter: EVERYTHING });
      const call = { method: 'GET', url, division, endpoint: COUNTED[kind], class: callClass } as const;
      return wholeNumber(await send(context, { ...call, expects: 'text' }));
    },
    async account(division: number, id: string, callClass: CallClass = ownClass): Promise<Account> {
      const url = divisionUrl({ baseUrl: context.baseUrl, division }, byId(id), {
        $select: selectOf(schema),
      });
      const call = { method: 'GET', url, division, endpoint: ENDPOINT, class: callClass } as const;
      const body = await send(context, { ...call, expects: 'json' });
      assertSameDivision(unwrap(body).rows, division);
      return onlyRow(schema, body);
    },
    /** One page of 60 at most; `next` as the page before gave it. */
    async findAccounts(division: number, filter: AccountFilter, next?: string): Promise<Page<Account>> {
      const read = { division, class: ownClass, query: { $filter: filterText(filter) }, next };
      return publicPage(await readPage(context, { endpoint: ENDPOINT, schema }, read));
    },
    async updateAccount(division: number, id: string, patch: AccountPatch): Promise<void> {
      const body = checkedInput(accountPatch, patch);
      if (Object.keys(body).length === 0) return;
      const url = divisionUrl({ baseUrl: context.baseUrl, division }, byId(id));
      const call = { method: 'PUT', url, division, endpoint: ENDPOINT, class: ownClass } as const;
      await send(context, { ...call, body, expects: 'nothing' });
    },
    async createAccount(division: number, fields: NewAccount): Promise<Created<Account>> {
      const { Code: code, ...rest } = checkedInput(newAccount, fields);
      const body = code === undefined ? rest : { ...rest, Code: paddedCode(code) };
      return create(context, { endpoint: ENDPOINT, schema, idField: 'ID' }, { division, body });
    },
  };
}

const COUNTED = { accounts: ENDPOINT, ...PART_ENDPOINTS } as const;

function filterText(filter: AccountFilter): string {
  if ('code' in filter) return `Code eq ${literal.text(paddedCode(filter.code))}`;
  if ('name' in filter) return `Name eq ${literal.text(filter.name)}`;
  if ('vatNumber' in filter) return `VATNumber eq ${literal.text(filter.vatNumber)}`;
  return `ChamberOfCommerce eq ${literal.text(filter.chamberOfCommerce)}`;
}

function wholeNumber(body: string): number {
  const digits = body.replace(/^\uFEFF/, '').trim();
  if (/^\d{1,9}$/.test(digits)) return Number(digits);
  throw new ExactError({ kind: 'malformed', reason: 'the count is no number', mayPass: true });
}
