import type { RelationDetail } from '@koppel/contracts';

/** What does not look right about a value that is kept all the same. */
export function warningText(warning: RelationDetail['warnings'][number]['warning']): string {
  switch (warning) {
    case 'kvk-malformed':
      return $localize`:@@warning.kvk:Dit kan geen KvK-nummer zijn`;
    case 'vat-check-fails':
      return $localize`:@@warning.vat:Het controlegetal van dit btw-nummer klopt niet`;
    case 'email-malformed':
      return $localize`:@@warning.email:Dit lijkt geen e-mailadres`;
    case 'phone-malformed':
      return $localize`:@@warning.phone:Dit lijkt geen telefoonnummer`;
  }
}
