import { describe, expect, it } from 'vitest';
import { relationsQueryOf } from './relations-query.js';

const empty = {
  zoek: undefined,
  administratie: undefined,
  rol: undefined,
  gekoppeld: undefined,
  volgorde: undefined,
};

describe('relationsQueryOf', () => {
  it('sorts by name when the address says nothing', () => {
    expect(relationsQueryOf(empty)).toEqual({ sort: 'name' });
  });

  it('reads every filter of the address', () => {
    const address = {
      zoek: 'jansen',
      administratie: 'a1',
      rol: 'klant',
      gekoppeld: 'meer',
      volgorde: 'laatst',
    };
    expect(relationsQueryOf(address)).toEqual({
      search: 'jansen',
      administrationId: 'a1',
      role: 'customer',
      linked: 'several',
      sort: '-updatedAt',
    });
  });

  it('leaves out what makes no sense', () => {
    expect(relationsQueryOf({ ...empty, rol: 'buurman', gekoppeld: 'soms' })).toEqual({ sort: 'name' });
  });
});
