import { z } from 'zod';
import { divisionUrl } from '../odata/address.js';
import type { RowSchema } from '../odata/decode.js';
import { unwrap } from '../odata/envelope.js';
import { literal } from '../odata/literals.js';
import type { Zone } from '../odata/zone.js';
import { classOf, send, type Context } from '../request.js';
import { bankAccountSchema, type BankAccount } from './bank-accounts.js';
import { create, type Created, type Creatable } from './create.js';
import { checkedInput, onlyRow } from './one.js';
import { assertSameDivision, publicPage, readPage, selectOf, type Page } from './page.js';
import { syncAddressSchema, syncContactSchema } from './sync-fields.js';

const optionalText = z.string().nullable().optional();

const contactSchema = (zone: Zone) => syncContactSchema(zone).omit({ Timestamp: true });
const addressSchema = (zone: Zone) => syncAddressSchema(zone).omit({ Timestamp: true });

/** A person of a relation, as `crm/Contacts` has it. */
export type Contact = z.output<ReturnType<typeof contactSchema>>;
/** An address of a relation, as `crm/Addresses` has it. */
export type AccountAddress = z.output<ReturnType<typeof addressSchema>>;

/** What may be changed of a part. Read-only fields that look editable (`FullName`, `IsMainContact`, `IBAN`) are refused: Exact would drop them. */
const patches = {
  contacts: z.strictObject({
    FirstName: z.string().min(1).optional(),
    MiddleName: optionalText,
    LastName: z.string().min(1).optional(),
    Initials: optionalText,
    JobTitleDescription: optionalText,
    Email: optionalText,
    BusinessEmail: optionalText,
    BusinessPhone: optionalText,
    BusinessMobile: optionalText,
  }),
  addresses: z.strictObject({
    AddressLine1: optionalText,
    AddressLine2: optionalText,
    AddressLine3: optionalText,
    Mailbox: optionalText,
    Postcode: optionalText,
    City: optionalText,
    State: optionalText,
    Country: optionalText,
  }),
  'bank-accounts': z.strictObject({
    BankAccount: z.string().min(1).optional(),
    BICCode: optionalText,
    BankAccountHolderName: optionalText,
  }),
};

const creates = {
  contacts: patches.contacts.required({ FirstName: true, LastName: true }).extend({ Account: z.guid() }),
  /** `Type` 1 visit, 2 postal, 3 invoice, 4 delivery. Exact answers with the existing address when an equal one is there. */
  addresses: patches.addresses.extend({ Account: z.guid(), Type: z.int().min(1).max(4) }),
  'bank-accounts': patches['bank-accounts'].required({ BankAccount: true }).extend({ Account: z.guid() }),
};

/** The parts of a relation that can be read and written one by one. */
export interface PartRows {
  readonly contacts: Contact;
  readonly addresses: AccountAddress;
  readonly 'bank-accounts': BankAccount;
}
/** `contacts`, `addresses` or `bank-accounts`. */
export type PartSet = keyof PartRows;
/** Only the fields given are sent and changed; null clears one. */
export type PartPatch<K extends PartSet> = z.input<(typeof patches)[K]>;
/** A new part of the relation `Account`. */
export type NewPart<K extends PartSet> = z.input<(typeof creates)[K]>;

export const PART_ENDPOINTS = {
  contacts: 'crm/Contacts',
  addresses: 'crm/Addresses',
  'bank-accounts': 'crm/BankAccounts',
} as const;

export function createParts(context: Context) {
  const schemas: Readonly<Record<PartSet, RowSchema>> = {
    contacts: contactSchema(context.zone),
    addresses: addressSchema(context.zone),
    'bank-accounts': bankAccountSchema(context.zone),
  };
  const resourceOf = (kind: PartSet): Creatable<RowSchema> => ({
    endpoint: PART_ENDPOINTS[kind],
    schema: schemas[kind],
    idField: 'ID',
  });
  const pathOf = (kind: PartSet, id: string) => `${PART_ENDPOINTS[kind]}(${literal.guid(id)})`;
  return {
    /** ExactError `not-found` when there is none. */
    async part<K extends PartSet>(kind: K, division: number, id: string): Promise<PartRows[K]> {
      const { endpoint, schema } = resourceOf(kind);
      const query = { $select: selectOf(schema) };
      const url = divisionUrl({ baseUrl: context.baseUrl, division }, pathOf(kind, id), query);
      const call = { method: 'GET', url, division, endpoint, class: classOf(context) } as const;
      const body = await send(context, { ...call, expects: 'json' });
      assertSameDivision(unwrap(body).rows, division);
      return onlyRow(schema, body) as PartRows[K]; // the table pairs kinds and schemas
    },
    /** One page of the parts of one relation, 60 at most; `next` as the page before gave it. */
    async partsOf<K extends PartSet>(
      kind: K,
      division: number,
      { account, next }: { readonly account: string; readonly next?: string | undefined },
    ): Promise<Page<PartRows[K]>> {
      const query = { $filter: `Account eq ${literal.guid(account)}` };
      const read = { division, class: classOf(context), query, next };
      const page = await readPage(context, resourceOf(kind), read);
      return publicPage(page) as Page<unknown> as Page<PartRows[K]>;
    },
    async updatePart<K extends PartSet>(
      kind: K,
      division: number,
      change: { readonly id: string; readonly patch: PartPatch<K> },
    ): Promise<void> {
      const body = checkedInput(patches[kind] as z.ZodType<object>, change.patch);
      if (Object.keys(body).length === 0) return;
      const url = divisionUrl({ baseUrl: context.baseUrl, division }, pathOf(kind, change.id));
      const { endpoint } = resourceOf(kind);
      const call = { method: 'PUT', url, division, endpoint, class: classOf(context) } as const;
      await send(context, { ...call, body, expects: 'nothing' });
    },
    async createPart<K extends PartSet>(
      kind: K,
      division: number,
      fields: NewPart<K>,
    ): Promise<Created<PartRows[K]>> {
      const body = checkedInput(creates[kind] as z.ZodType<object>, fields);
      const created = await create(context, resourceOf(kind), { division, body });
      return created as Created<unknown> as Created<PartRows[K]>;
    },
  };
}
