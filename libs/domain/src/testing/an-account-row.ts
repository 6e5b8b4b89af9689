import { asId, type SourceRelationId } from '../kernel/index.js';
import type { AccountRow, StoredAccount } from '../sync/index.js';
import { aSourceRelation, type SourceFacts } from './a-source-relation.js';
import { anAdministration } from './an-administration.js';

/** The `number`th account that Exact could give: its id and name follow from it. */
export function anAccountRow(
  number: number,
  over: Partial<AccountRow> & Pick<SourceFacts, 'shared' | 'local'> = {},
): AccountRow {
  const { shared, local, ...rest } = over;
  const exactId = `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
  const facts = {
    id: exactId,
    administrationId: anAdministration().id,
    shared: { name: `Relatie ${number}`, ...shared },
  };
  const { fields, isCustomer, isSupplier, isBlocked, contentHash } = aSourceRelation({
    ...facts,
    local: local ?? {},
  });
  return {
    ...{ exactId, fields, isCustomer, isSupplier, isBlocked, contentHash },
    rowVersion: BigInt(1_000 + number),
    isDivisionAccount: false,
    modifiedAt: null,
    ...rest,
  };
}

/** The same with the id that it gets when it is new. */
export function aStoredAccount(number: number, over: Parameters<typeof anAccountRow>[1] = {}): StoredAccount {
  const id = asId<SourceRelationId>(`00000000-0000-7000-9000-${number.toString(16).padStart(12, '0')}`);
  return { ...anAccountRow(number, over), id, isOwnCompany: false };
}
