import type { DataKind } from '@koppel/contracts';

/** A kind of data in the words of Exact's own screens. */
export function kindText(kind: DataKind): string {
  switch (kind) {
    case 'accounts':
      return $localize`:@@kind.accounts:Relaties`;
    case 'contacts':
      return $localize`:@@kind.contacts:Contactpersonen`;
    case 'addresses':
      return $localize`:@@kind.addresses:Adressen`;
    case 'bank-accounts':
      return $localize`:@@kind.bankAccounts:Bankrekeningen`;
    case 'gl-accounts':
      return $localize`:@@kind.glAccounts:Grootboekrekeningen`;
    case 'journals':
      return $localize`:@@kind.journals:Dagboeken`;
    case 'vat-codes':
      return $localize`:@@kind.vatCodes:Btw-codes`;
    case 'payment-conditions':
      return $localize`:@@kind.paymentConditions:Betalingscondities`;
    case 'cost-centers':
      return $localize`:@@kind.costCenters:Kostenplaatsen`;
    case 'cost-units':
      return $localize`:@@kind.costUnits:Kostendragers`;
    case 'deleted':
      return $localize`:@@kind.deleted:Verwijderde records`;
  }
}
