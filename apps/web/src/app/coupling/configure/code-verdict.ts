import type { checkCodeEndpoint, Response } from '@koppel/contracts';

export type CodeCheck = Response<typeof checkCodeEndpoint>;

/** What can be said of a code without asking: the same code twice on this page. */
export function sameOnPage(
  code: string,
  others: readonly { readonly code: string; readonly name: string }[],
): string | undefined {
  return code === '' ? undefined : others.find((other) => other.code === code)?.name;
}

export const sameCheck = (a: CodeCheck | undefined, b: CodeCheck | undefined): boolean =>
  a?.verdict === b?.verdict && a?.takenBy === b?.takenBy && a?.nextInvoiceNumber === b?.nextInvoiceNumber;

export const isUsable = (verdict: CodeCheck['verdict']): boolean =>
  verdict === 'free' || verdict === 'own' || verdict === 'locked';

/** A verdict in words. */
export function verdictText(check: CodeCheck): string {
  switch (check.verdict) {
    case 'free':
      return $localize`:@@code.free:Vrij`;
    case 'own':
      return $localize`:@@code.own:Deze code heeft de administratie al`;
    case 'malformed':
      return $localize`:@@code.malformed:Precies drie cijfers, bijvoorbeeld 007`;
    case 'zeros':
      return $localize`:@@code.zeros:000 kan niet; begin bij 001`;
    case 'taken':
      return check.takenBy
        ? $localize`:@@code.takenBy:Al in gebruik bij ${check.takenBy}:NAME:`
        : $localize`:@@code.taken:Al in gebruik`;
    case 'locked':
      return $localize`:@@code.locked:Ligt vast: er zijn facturen met deze code`;
  }
}
