import type { Configuration } from '@koppel/contracts';
import { describe, expect, it } from 'vitest';
import { codesOf, emptyDraft, handlingOf } from './configure-draft.js';

function aCode(administrationId: string, code: string | null, isCodeLocked = false) {
  return { administrationId, name: '', code, suggestedCode: '001', isCodeLocked, isNew: false };
}
function read(codes: Configuration['codes'], version = 1): Configuration {
  return { contactHandling: 'careful', codes, confirmationText: { nl: '', en: '' }, version };
}

describe('what the configure page shows', () => {
  it('is what was saved, or suggested, until a person types', () => {
    const saved = read([aCode('a', '100'), aCode('b', null)]);
    expect(codesOf(saved, emptyDraft)).toEqual({ a: '100', b: '001' });
    expect(handlingOf(saved, emptyDraft)).toBe('careful');
    expect(handlingOf(undefined, emptyDraft)).toBeNull();
  });

  it('keeps what was typed when somebody else saved meanwhile, and takes over the rest', () => {
    const draft = { handling: 'manual', codes: { a: '150' } } as const;
    const theirs = read([aCode('a', '200'), aCode('b', '300')], 2);
    expect(codesOf(theirs, draft)).toEqual({ a: '150', b: '300' });
    expect(handlingOf(theirs, draft)).toBe('manual');
  });

  it('keeps an emptied code empty', () => {
    expect(codesOf(read([aCode('a', '100')]), { codes: { a: '' } })).toEqual({ a: '' });
  });

  it('has nothing of an administration that no longer takes part, and the saved code of one that is fixed', () => {
    const draft = { codes: { a: '150', gone: '160' } };
    expect(codesOf(read([aCode('a', '200', true)]), draft)).toEqual({ a: '200' });
  });
});
