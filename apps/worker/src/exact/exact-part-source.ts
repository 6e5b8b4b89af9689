import { err, ok, unreachable, type Result } from '@koppel/domain/kernel';
import type { PartFields } from '@koppel/domain/relations';
import type {
  IsTooLate,
  PartAt,
  PartKind,
  PartRow,
  PartSource,
  WriteTarget,
  SourceFault,
  TooLate,
} from '@koppel/domain/sync';
import {
  ExactError,
  type NewPart,
  type PartPatch,
  type PartRows,
  type PartSet,
  type WritingClient,
} from '@koppel/exact-client';
import type { ExactClients } from './exact-clients.js';
import { allFound, readFound, type Found } from './read-found.js';
import { addressTypes, toAddress, toBankAccount, toContact } from './to-detail-rows.js';

/** Single contact persons, addresses and bank accounts of Exact Online. */
export class ExactPartSource implements PartSource {
  constructor(protected readonly clients: ExactClients) {}

  readPart(administration: WriteTarget, part: PartAt): Promise<Result<PartRow | null, SourceFault>> {
    return this.call(administration, (client) => readOrNull(client, administration.division, part));
  }

  async findParts(
    administration: WriteTarget,
    of: { readonly kind: PartKind; readonly accountExactId: string },
  ): Promise<Result<PartRow[], SourceFault>> {
    return allFound(
      await this.call(administration, (client) => findAll(client, administration.division, of)),
    );
  }

  updatePart(
    administration: WriteTarget,
    change: PartAt & { readonly patch: PartFields },
    isTooLate: IsTooLate,
  ): Promise<Result<void, SourceFault | TooLate>> {
    return this.write(administration, isTooLate, (client) => update(client, administration.division, change));
  }

  createPart(
    administration: WriteTarget,
    part: NewPartOf,
    isTooLate: IsTooLate,
  ): Promise<Result<string, SourceFault | TooLate>> {
    return this.write(administration, isTooLate, (client) => create(client, administration.division, part));
  }

  /** Calls Exact; what it or the network did becomes a fault. */
  protected async call<T>(
    { connectionId, region, purpose }: WriteTarget,
    work: (client: WritingClient) => Promise<T>,
  ): Promise<Result<T, SourceFault>> {
    try {
      return ok(await work(this.clients.of(connectionId, region).writing({ class: purpose })));
    } catch (error) {
      return err(await this.clients.faultOf(connectionId, error));
    }
  }

  /** Writes to Exact, unless it is too late when the write would leave. */
  protected async write<T>(
    { connectionId, region, purpose }: WriteTarget,
    isTooLate: IsTooLate,
    work: (client: WritingClient) => Promise<T>,
  ): Promise<Result<T, SourceFault | TooLate>> {
    try {
      const client = this.clients.of(connectionId, region).writing({ isTooLate, class: purpose });
      return ok(await work(client));
    } catch (error) {
      if (error instanceof ExactError && error.kind === 'too-late') return err({ kind: 'too-late' });
      return err(await this.clients.faultOf(connectionId, error));
    }
  }
}

interface NewPartOf {
  readonly kind: PartKind;
  readonly accountExactId: string;
  readonly fields: PartFields;
}

async function readOrNull(client: WritingClient, division: number, part: PartAt): Promise<PartRow | null> {
  try {
    return await read(client, division, part);
  } catch (error) {
    if (error instanceof ExactError && error.kind === 'not-found') return null;
    throw error;
  }
}

async function read(client: WritingClient, division: number, { kind, exactId }: PartAt): Promise<PartRow> {
  switch (kind) {
    case 'contact':
      return toContact(await client.part('contacts', division, exactId));
    case 'address':
      return toAddress(await client.part('addresses', division, exactId));
    case 'bank-account':
      return toBankAccount(await client.part('bank-accounts', division, exactId));
    default:
      return unreachable(kind);
  }
}

async function findAll(
  client: WritingClient,
  division: number,
  { kind, accountExactId: account }: { readonly kind: PartKind; readonly accountExactId: string },
): Promise<Found<PartRow>> {
  const read = async <K extends PartSet>(set: K, toRow: (row: PartRows[K]) => PartRow) => {
    const found = await readFound((next) => client.partsOf(set, division, { account, next }));
    return found.ok ? ok(found.value.map(toRow)) : found;
  };
  switch (kind) {
    case 'contact':
      return read('contacts', toContact);
    case 'address':
      return read('addresses', toAddress);
    case 'bank-account':
      return read('bank-accounts', toBankAccount);
    default:
      return unreachable(kind);
  }
}

function update(
  client: WritingClient,
  division: number,
  { kind, exactId: id, patch }: PartAt & { readonly patch: PartFields },
): Promise<void> {
  switch (kind) {
    case 'contact':
      return client.updatePart('contacts', division, { id, patch: contactPatch(patch) });
    case 'address':
      return client.updatePart('addresses', division, { id, patch: addressPatch(patch) });
    case 'bank-account':
      return client.updatePart('bank-accounts', division, { id, patch: bankPatch(patch) });
    default:
      return unreachable(kind);
  }
}

async function create(client: WritingClient, division: number, part: NewPartOf): Promise<string> {
  const { kind, fields, accountExactId: Account } = part;
  switch (kind) {
    case 'contact': {
      const FirstName = textOf(fields, 'firstName') ?? '';
      const LastName = textOf(fields, 'lastName') ?? '';
      const contact: NewPart<'contacts'> = { ...contactPatch(fields), Account, FirstName, LastName };
      return (await client.createPart('contacts', division, contact)).id;
    }
    case 'address': {
      const Type = Number(Object.entries(addressTypes).find(([, name]) => name === fields['type'])?.[0]);
      return (await client.createPart('addresses', division, { ...addressPatch(fields), Account, Type })).id;
    }
    case 'bank-account': {
      const BankAccount = textOf(fields, 'number') ?? '';
      const account = { ...bankPatch(fields), Account, BankAccount };
      return (await client.createPart('bank-accounts', division, account)).id;
    }
    default:
      return unreachable(kind);
  }
}

/** `BusinessEmail` mirrors `Email` (exact-online.md 4.3), and reading prefers it: both are written, so that they stay one. */
function contactPatch(fields: PartFields): PartPatch<'contacts'> {
  const first = textOf(fields, 'firstName');
  const last = textOf(fields, 'lastName');
  return {
    ...(first && { FirstName: first }),
    ...(last && { LastName: last }),
    ...given(fields, 'middleName', 'MiddleName'),
    ...given(fields, 'initials', 'Initials'),
    ...given(fields, 'jobTitle', 'JobTitleDescription'),
    ...given(fields, 'email', 'Email'),
    ...given(fields, 'email', 'BusinessEmail'),
    ...given(fields, 'phone', 'BusinessPhone'),
    ...given(fields, 'mobile', 'BusinessMobile'),
  };
}

function addressPatch(fields: PartFields): PartPatch<'addresses'> {
  return {
    ...given(fields, 'line1', 'AddressLine1'),
    ...given(fields, 'line2', 'AddressLine2'),
    ...given(fields, 'line3', 'AddressLine3'),
    ...given(fields, 'mailbox', 'Mailbox'),
    ...given(fields, 'postcode', 'Postcode'),
    ...given(fields, 'city', 'City'),
    ...given(fields, 'state', 'State'),
    ...given(fields, 'country', 'Country'),
  };
}

/** The IBAN is derived by Exact from the number. */
function bankPatch(fields: PartFields): PartPatch<'bank-accounts'> {
  const number = textOf(fields, 'number');
  return {
    ...(number && { BankAccount: number }),
    ...given(fields, 'bic', 'BICCode'),
    ...given(fields, 'holder', 'BankAccountHolderName'),
  };
}

/** The field under Exact's name when it is among those that change. */
function given<Name extends string>(
  fields: PartFields,
  field: string,
  name: Name,
): { readonly [K in Name]?: string | null } {
  if (!(field in fields)) return {};
  return { [name]: textOf(fields, field) } as { readonly [K in Name]?: string | null }; // one key, that name
}

function textOf(fields: PartFields, field: string): string | null {
  const value = fields[field];
  return typeof value === 'string' ? value : null;
}
