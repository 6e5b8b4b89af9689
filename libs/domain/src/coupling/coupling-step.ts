/** The steps after activation (step 0 is the tenant's feature switch), in order (product.md 1). */
export const couplingSteps = [
  'connect',
  'select',
  'configure',
  'synchronise',
  'match',
  'settings',
  'active',
] as const;

export type CouplingStep = (typeof couplingSteps)[number];

export type CouplingEvent =
  | 'connected'
  | 'selected'
  | 'unselected'
  | 'confirmed'
  | 'restarted'
  | 'synchronised'
  | 'matched'
  | 'activated';

export interface Transition {
  readonly from: CouplingStep;
  readonly on: CouplingEvent;
  readonly to: CouplingStep;
  /** The step that gets a line "finished by whom, when". */
  readonly finishes?: CouplingStep;
  /** Relations may not be edited through our API between the two (product.md 3.16). */
  readonly freeze?: 'begins' | 'ends';
}

/** All that can happen to a coupling. What is not here is refused with `wrong-step`. */
export const transitions: readonly Transition[] = [
  { from: 'connect', on: 'connected', to: 'select', finishes: 'connect' },
  { from: 'select', on: 'selected', to: 'configure', finishes: 'select' },
  // Until the confirmation the selection may be changed; an active coupling begins an addition with it.
  { from: 'configure', on: 'selected', to: 'configure', finishes: 'select' },
  { from: 'active', on: 'selected', to: 'configure', finishes: 'select' },
  { from: 'configure', on: 'unselected', to: 'active' },
  { from: 'configure', on: 'confirmed', to: 'synchronise', finishes: 'configure', freeze: 'begins' },
  { from: 'synchronise', on: 'restarted', to: 'synchronise' },
  { from: 'synchronise', on: 'synchronised', to: 'match', finishes: 'synchronise' },
  { from: 'match', on: 'matched', to: 'settings', finishes: 'match' },
  { from: 'settings', on: 'activated', to: 'active', finishes: 'settings', freeze: 'ends' },
];
