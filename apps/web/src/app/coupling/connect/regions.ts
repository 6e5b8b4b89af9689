import type { Region } from '@koppel/contracts';

/** The Exact Online sites that an organisation can be at. */
export const regions = (): readonly {
  readonly value: Region;
  readonly text: string;
  readonly site: string;
}[] => [
  { value: 'nl', text: $localize`:@@region.nl:Nederland`, site: 'start.exactonline.nl' },
  { value: 'be', text: $localize`:@@region.be:België`, site: 'start.exactonline.be' },
  { value: 'de', text: $localize`:@@region.de:Duitsland`, site: 'start.exactonline.de' },
  { value: 'uk', text: $localize`:@@region.uk:Verenigd Koninkrijk`, site: 'start.exactonline.co.uk' },
  { value: 'fr', text: $localize`:@@region.fr:Frankrijk`, site: 'start.exactonline.fr' },
  { value: 'es', text: $localize`:@@region.es:Spanje`, site: 'start.exactonline.es' },
  { value: 'com', text: $localize`:@@region.com:Overige landen`, site: 'start.exactonline.com' },
];

export const regionText = (region: string): string =>
  regions().find((each) => each.value === region)?.text ?? region.toUpperCase();
