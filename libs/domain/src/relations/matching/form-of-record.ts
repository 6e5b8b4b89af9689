import type { Features } from './features.js';
import { compareForms, formByCode, type FormRelation, type LegalForm } from './legal-forms.js';
import type { NormalisedName } from './normalise-name.js';

const soleTrader = formByCode('eenmanszaak');

/** The names under which two records are compared. */
interface Names {
  readonly a: NormalisedName | null;
  readonly b: NormalisedName | null;
}

type Registered = Pick<Features, 'vat'>;

/**
 * The legal forms of two records under their names: as the name says, or else a sole trader's where the VAT number is one
 * that only sole traders have (since 2020). A number that both records carry cannot tell them apart and says nothing.
 */
export function formsOf(
  a: Registered,
  b: Registered,
  name: Names,
): { readonly a: LegalForm | null; readonly b: LegalForm | null } {
  const isShared = a.vat !== null && a.vat.country === b.vat?.country && a.vat.root === b.vat.root;
  const formOf = ({ vat }: Registered, own: NormalisedName | null): LegalForm | null =>
    own?.form ?? (vat?.kind === 'sole-trader' && !isShared ? soleTrader : null);
  return { a: formOf(a, name.a), b: formOf(b, name.b) };
}

/** How the legal forms of two records relate; a VAT number speaks only beside a name that states its form. */
export function compareFormsOf(a: Registered, b: Registered, name: Names): FormRelation {
  if (!name.a?.form && !name.b?.form) return 'unstated';
  const forms = formsOf(a, b, name);
  return compareForms(forms.a, forms.b);
}
