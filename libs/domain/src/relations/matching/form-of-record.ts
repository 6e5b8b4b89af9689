import type { Features } from './features.js';
import { compareForms, formByCode, type FormRelation, type LegalForm } from './legal-forms.js';
import type { NormalisedName } from './normalise-name.js';

const soleTrader = formByCode('eenmanszaak');

/**
 * The legal form of a record under one of its names: as the name says, or else a sole trader's where the VAT number is one
 * that only sole traders have (since 2020).
 */
export function formOfRecord({ vat }: Pick<Features, 'vat'>, name: NormalisedName | null): LegalForm | null {
  return name?.form ?? (vat?.kind === 'sole-trader' ? soleTrader : null);
}

/** How the legal forms of two records relate; a VAT number speaks only beside a name that states its form. */
export function compareFormsOf(
  a: Pick<Features, 'vat'>,
  b: Pick<Features, 'vat'>,
  name: { readonly a: NormalisedName | null; readonly b: NormalisedName | null },
): FormRelation {
  if (!name.a?.form && !name.b?.form) return 'unstated';
  return compareForms(formOfRecord(a, name.a), formOfRecord(b, name.b));
}
