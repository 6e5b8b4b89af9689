import type { SourceRelation } from '@koppel/contracts';

export function roleText(role: SourceRelation['roles'][number]): string {
  switch (role) {
    case 'customer':
      return $localize`:@@role.customer:klant`;
    case 'supplier':
      return $localize`:@@role.supplier:leverancier`;
    case 'other':
      return $localize`:@@role.other:overig`;
  }
}
