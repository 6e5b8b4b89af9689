import type { listRelationsEndpoint, Query } from '@koppel/contracts';

export type RelationsQuery = NonNullable<Query<typeof listRelationsEndpoint>>;

/** The filter as it stands in the address. */
export interface RelationsAddress {
  readonly zoek: string | undefined;
  readonly administratie: string | undefined;
  readonly rol: string | undefined;
  readonly gekoppeld: string | undefined;
  readonly volgorde: string | undefined;
}

const roles: Readonly<Record<string, 'customer' | 'supplier'>> = {
  klant: 'customer',
  leverancier: 'supplier',
};
const links: Readonly<Record<string, 'one' | 'several'>> = { een: 'one', meer: 'several' };

/** Reads the address; what makes no sense there is left out rather than sent on. */
export function relationsQueryOf(address: RelationsAddress): RelationsQuery {
  const role = roles[address.rol ?? ''];
  const linked = links[address.gekoppeld ?? ''];
  return {
    ...(address.zoek ? { search: address.zoek } : {}),
    ...(address.administratie ? { administrationId: address.administratie } : {}),
    ...(role ? { role } : {}),
    ...(linked ? { linked } : {}),
    sort: address.volgorde === 'laatst' ? '-updatedAt' : 'name',
  };
}
