import type { Issue } from '@koppel/contracts';

/** A class of issues in a word, and what happens by itself. */
export function classText(value: Issue['class']): string {
  switch (value) {
    case 'transient':
      return $localize`:@@class.transient:Tijdelijk`;
    case 'data':
      return $localize`:@@class.data:Gegevens`;
    case 'configuration':
      return $localize`:@@class.configuration:Instelling`;
    case 'permission':
      return $localize`:@@class.permission:Rechten`;
    case 'bug':
      return $localize`:@@class.bug:Fout in Koppel`;
  }
}

/** When an issue of the class closes without anyone closing it. */
export function closesWhen(value: Issue['class']): string {
  switch (value) {
    case 'transient':
      return $localize`:@@closes.transient:Koppel probeert dit zelf opnieuw en sluit de melding als het lukt.`;
    case 'data':
      return $localize`:@@closes.data:Sluit vanzelf zodra de gegevens kloppen; Koppel ziet dat bij de volgende synchronisatie.`;
    case 'configuration':
      return $localize`:@@closes.configuration:Sluit vanzelf zodra de instelling klopt.`;
    case 'permission':
      return $localize`:@@closes.permission:Sluit vanzelf zodra Exact weer toegang geeft.`;
    case 'bug':
      return $localize`:@@closes.bug:Wij hebben hiervan een melding en lossen het op.`;
  }
}

/** Of issues that ask whether a change is right. */
export const waitsForVerdict = (): string =>
  $localize`:@@closes.verdict:Blijft staan tot iemand het goedkeurt of afwijst, of tot de administraties weer gelijk zijn.`;
