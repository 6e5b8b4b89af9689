import { paths } from '../paths.js';
import type { IconName } from '../ui/icons.js';

export interface NavigationItem {
  readonly key: 'overview' | 'coupling' | 'match' | 'relations' | 'issues' | 'settings' | 'history';
  readonly path: string;
  readonly icon: IconName;
  readonly text: string;
}

/** The pages in the order of the header; on a phone the first four stay in the bottom bar. */
export const navigation = (): readonly NavigationItem[] => [
  { key: 'overview', path: paths.overview, icon: 'overview', text: $localize`:@@nav.overview:Overzicht` },
  { key: 'coupling', path: paths.coupling, icon: 'coupling', text: $localize`:@@nav.coupling:Koppelen` },
  { key: 'match', path: paths.match, icon: 'match', text: $localize`:@@nav.match:Matchen` },
  { key: 'relations', path: paths.relations, icon: 'relations', text: $localize`:@@nav.relations:Relaties` },
  { key: 'issues', path: paths.issues, icon: 'issues', text: $localize`:@@nav.issues:Meldingen` },
  { key: 'settings', path: paths.settings, icon: 'settings', text: $localize`:@@nav.settings:Instellingen` },
  { key: 'history', path: paths.history, icon: 'history', text: $localize`:@@nav.history:Geschiedenis` },
];
export const bottomBarMax = 4;
