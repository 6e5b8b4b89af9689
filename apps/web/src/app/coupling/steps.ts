import type { Coupling, CouplingStep } from '@koppel/contracts';
import { paths, pathOfStep } from '../paths.js';

export interface StepView {
  readonly key: string;
  readonly number: number;
  readonly text: string;
  readonly state: 'done' | 'now' | 'next';
  readonly link: string | undefined;
  readonly byName: string | null;
  readonly at: string | null;
}

const stepText = (step: CouplingStep): string => {
  switch (step) {
    case 'connect':
      return $localize`:@@step.connect:Verbinden`;
    case 'select':
      return $localize`:@@step.select:Selecteren`;
    case 'configure':
      return $localize`:@@step.configure:Configureren`;
    case 'synchronise':
      return $localize`:@@step.synchronise:Synchroniseren`;
    case 'match':
      return $localize`:@@step.match:Matchen`;
    case 'settings':
      return $localize`:@@step.settings:Instellingen`;
    case 'active':
      return $localize`:@@step.active:Afronden`;
  }
};

/**
 * Steps 0 to 6 as the stepper shows them. A step that is done or at hand can be opened; a later one cannot yet. `isFinishing`: the page of
 * the end is open. The server knows no step between the settings and it, so there the settings are behind the reader.
 */
export function stepViews(coupling: Coupling, isFinishing: boolean): readonly StepView[] {
  const activation: StepView = {
    key: 'activation',
    number: 0,
    text: $localize`:@@step.activation:Aangezet`,
    state: 'done',
    link: undefined,
    byName: null,
    at: null,
  };
  const inSettings = coupling.step === 'settings';
  const isActive = coupling.step === 'active';
  // Who leaves the settings activates the coupling.
  const activatedBy = coupling.steps.find(({ step }) => step === 'settings')?.finishedByName ?? null;
  return [
    activation,
    ...coupling.steps.map((each, index): StepView => {
      const isFinish = each.step === 'active';
      return {
        key: each.step,
        number: index + 1,
        text: stepText(each.step),
        state: stateOf(each, { inSettings, isFinishing, isActive }),
        link:
          each.state !== 'next' || (isFinish && inSettings)
            ? isFinish
              ? paths.couplingPage('finish')
              : pathOfStep(each.step)
            : undefined,
        byName: isFinish && isActive ? activatedBy : each.finishedByName,
        at: isFinish && isActive ? coupling.activatedAt : each.finishedAt,
      };
    }),
  ];
}

function stateOf(
  { step, state }: Coupling['steps'][number],
  at: { readonly inSettings: boolean; readonly isFinishing: boolean; readonly isActive: boolean },
): StepView['state'] {
  if (step === 'active' && at.isActive) return 'done';
  if (!at.inSettings || !at.isFinishing) return state;
  if (step === 'settings') return 'done';
  return step === 'active' ? 'now' : state;
}
