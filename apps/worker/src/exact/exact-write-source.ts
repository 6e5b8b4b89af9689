import { ok, type Result } from '@koppel/domain/kernel';
import type { SharedValues } from '@koppel/domain/relations';
import type {
  AccountRow,
  IsTooLate,
  NewAccount,
  WriteTarget,
  SourceFault,
  TooLate,
  WriteSource,
} from '@koppel/domain/sync';
import { ExactError, type Account, type AccountFilter, type AccountPatch } from '@koppel/exact-client';
import { ExactPartSource } from './exact-part-source.js';
import { allFound, readFound } from './read-found.js';
import { toAccountRow } from './to-account-row.js';

/** Single accounts have no row version; the one that sync gives later is always higher. */
const unknownVersion = '0';

/** Writes to Exact Online for the sync context. */
export class ExactWriteSource extends ExactPartSource implements WriteSource {
  readAccount(administration: WriteTarget, exactId: string): Promise<Result<AccountRow | null, SourceFault>> {
    return this.call(administration, async (client) => {
      try {
        return toRow(await client.account(administration.division, exactId));
      } catch (error) {
        if (error instanceof ExactError && error.kind === 'not-found') return null;
        throw error;
      }
    });
  }

  updateAccount(
    administration: WriteTarget,
    change: { readonly exactId: string; readonly patch: Partial<SharedValues> },
    isTooLate: IsTooLate,
  ): Promise<Result<void, SourceFault | TooLate>> {
    return this.write(administration, isTooLate, (client) =>
      client.updateAccount(administration.division, change.exactId, toExactPatch(change.patch)),
    );
  }

  async findAlike(
    administration: WriteTarget,
    values: Partial<SharedValues>,
  ): Promise<Result<AccountRow[], SourceFault>> {
    const { division } = administration;
    const found = await this.call(administration, async (client) => {
      const alike = new Map<string, AccountRow>();
      for (const filter of filtersOf(values)) {
        const rows = await readFound((next) => client.findAccounts(division, filter, next));
        if (!rows.ok) return rows;
        for (const row of rows.value.map(toRow)) alike.set(row.exactId, row);
      }
      return ok([...alike.values()]);
    });
    return allFound(found);
  }

  createAccount(
    administration: WriteTarget,
    { values, roles }: NewAccount,
    isTooLate: IsTooLate,
  ): Promise<Result<string, SourceFault | TooLate>> {
    return this.write(administration, isTooLate, async (client) => {
      const fields = { ...toExactPatch(values), ...toExactRoles(roles), Name: values.name ?? '' };
      return (await client.createAccount(administration.division, fields)).id;
    });
  }
}

function toRow(account: Account): AccountRow {
  return toAccountRow(account, unknownVersion);
}

/** One search each: an account may lack any of them. */
function filtersOf({ kvk, vat, name }: Partial<SharedValues>): AccountFilter[] {
  return [
    ...(kvk ? [{ chamberOfCommerce: kvk }] : []),
    ...(vat ? [{ vatNumber: vat }] : []),
    ...(name ? [{ name }] : []),
  ];
}

/** Exact's names of the shared fields that are given; an address goes as the block that it is (C16). */
export function toExactPatch(patch: Partial<SharedValues>): AccountPatch {
  return {
    ...(patch.name !== undefined && { Name: patch.name }),
    ...(patch.tradeName !== undefined && { TradeName: patch.tradeName }),
    ...(patch.kvk !== undefined && { ChamberOfCommerce: patch.kvk }),
    ...(patch.vat !== undefined && { VATNumber: patch.vat }),
    ...(patch.rsin !== undefined && { RSIN: patch.rsin }),
    ...(patch.email !== undefined && { Email: patch.email }),
    ...(patch.phone !== undefined && { Phone: patch.phone }),
    ...(patch.website !== undefined && { Website: patch.website }),
    ...(patch.address !== undefined && addressPatch(patch.address)),
  };
}

/** A supplier that is no customer has no status, `A` (C19). */
function toExactRoles(roles: NewAccount['roles']): AccountPatch {
  if (roles.length === 0) return {};
  return { Status: roles.includes('customer') ? 'C' : 'A', IsSupplier: roles.includes('supplier') };
}

function addressPatch(address: SharedValues['address']): AccountPatch {
  return {
    AddressLine1: address?.line1 ?? null,
    AddressLine2: address?.line2 ?? null,
    AddressLine3: address?.line3 ?? null,
    Postcode: address?.postcode ?? null,
    City: address?.city ?? null,
    State: address?.state ?? null,
    // Clearing an address leaves the country, which Exact fills in by itself.
    ...(address && { Country: address.country }),
  };
}
