import { describe, expect, it } from 'vitest';
import type { RelationId } from '../kernel/index.js';
import { idOf } from '../testing/index.js';
import { emptyPicture, type Picture, type RelationPicture } from './action.js';
import { pictureAt } from './relation-at.js';

const id = idOf(1) as RelationId;

function picture(values: string, of: RelationId = id): Picture {
  const relation = { id: of, values: { name: values } } as RelationPicture; // only the name is looked at
  return { ...emptyPicture, relations: [relation] };
}

describe('pictureAt', () => {
  it('is what the first later act found', () => {
    const later = [
      { before: picture('Eik'), after: picture('Eikel') },
      { before: picture('Eikel'), after: picture('Beuk') },
    ];
    expect(pictureAt(later, id)?.values.name).toBe('Eik');
  });

  it('passes over acts that kept no picture of the relation', () => {
    const other = idOf(2) as RelationId;
    const later = [
      { before: emptyPicture, after: emptyPicture },
      { before: picture('Linde', other), after: picture('Linde', other) },
      { before: picture('Eik'), after: picture('Beuk') },
    ];
    expect(pictureAt(later, id)?.values.name).toBe('Eik');
  });

  it('is nothing before the act that made the relation', () => {
    expect(pictureAt([{ before: emptyPicture, after: picture('Eik') }], id)).toBeNull();
  });

  it('is undefined when nothing happened since', () => {
    expect(pictureAt([], id)).toBeUndefined();
  });
});
