import type { CouplingStep } from '@koppel/contracts';

/** Every address of the portal. Segments are relative to their parent route; functions give absolute links. */
export const segments = {
  signIn: 'inloggen',
  featureOff: 'niet-aangezet',
  callback: 'oauth/callback',
  overview: 'overzicht',
  coupling: 'koppelen',
  match: 'matchen',
  relations: 'relaties',
  conflicts: 'conflicten',
  issues: 'meldingen',
  settings: 'instellingen',
  history: 'geschiedenis',
  runs: 'synchronisaties',
  manage: 'beheer',
  operator: 'helpdesk',
} as const;

export const couplingSegments = {
  connect: 'verbinden',
  select: 'selecteren',
  configure: 'configureren',
  synchronise: 'synchroniseren',
  match: 'matchen',
  settings: 'instellingen',
  finish: 'afronden',
} as const;
export type CouplingPage = keyof typeof couplingSegments;

export const paths = {
  signIn: '/inloggen',
  featureOff: '/niet-aangezet',
  overview: '/overzicht',
  coupling: '/koppelen',
  match: '/matchen',
  relations: '/relaties',
  conflicts: '/conflicten',
  issues: '/meldingen',
  settings: '/instellingen',
  history: '/geschiedenis',
  manage: '/beheer',
  operator: '/helpdesk',
  couplingPage: (page: CouplingPage) => `/koppelen/${couplingSegments[page]}`,
  relation: (id: string) => `/relaties/${id}`,
  run: (id: string) => `/synchronisaties/${id}`,
} as const;

/** Where a step is worked on; the page after the last step shows that the coupling is active. */
export function pathOfStep(step: CouplingStep): string {
  return paths.couplingPage(step === 'active' ? 'finish' : step);
}

/** A path to return to after signing in; anything that is not a path of this portal is refused. */
export function safeReturnPath(path: string | undefined): string {
  return path && /^\/(?![/\\])/.test(path) && !path.startsWith(paths.signIn) ? path : '/';
}
