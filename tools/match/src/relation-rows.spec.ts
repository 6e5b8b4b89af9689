import { describe, expect, it } from 'vitest';
import { relationReader } from './relation-rows.js';

describe('relationReader', () => {
  it.each([
    ['company', 'company'],
    [' Person ', 'person'],
    ['', null],
    ['debtor', null],
  ])('reads the kind "%s" as %s', (written, kind) => {
    expect(relationReader(['kind', 'id'])([written, '1'])).toMatchObject({ id: '1', kind });
  });

  it('knows no kind where the column is absent', () => {
    expect(relationReader(['id'])(['1']).kind).toBeNull();
  });
});
