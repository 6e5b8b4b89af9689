import { inject } from '@angular/core';
import { RedirectCommand, Router, type CanActivateFn, type Routes } from '@angular/router';
import { getCouplingEndpoint } from '@koppel/contracts';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { couplingSegments, paths, pathOfStep } from '../paths.js';
import { leavePage } from '../session/leave-page.js';
import { CouplingPage } from './coupling-page.js';

/** `/koppelen` leads to the step that is at hand. */
const toStepAtHand: CanActivateFn = async () => {
  const router = inject(Router);
  const result = await injectCallEndpoint()(getCouplingEndpoint, {});
  return new RedirectCommand(
    router.parseUrl(result.ok ? pathOfStep(result.value.step) : paths.couplingPage('connect')),
  );
};

export const couplingRoutes: Routes = [
  { path: '', pathMatch: 'full', canActivate: [toStepAtHand], children: [] },
  {
    path: '',
    component: CouplingPage,
    children: [
      {
        path: couplingSegments.connect,
        title: () => $localize`:@@title.connect:Verbinden met Exact Online`,
        loadComponent: () => import('./connect/connect-page.js').then((m) => m.ConnectPage),
      },
      {
        path: couplingSegments.select,
        title: () => $localize`:@@title.select:Administraties selecteren`,
        loadComponent: () => import('./select/select-page.js').then((m) => m.SelectPage),
      },
      {
        path: couplingSegments.configure,
        title: () => $localize`:@@title.configure:Configureren`,
        loadComponent: () => import('./configure/configure-page.js').then((m) => m.ConfigurePage),
      },
      {
        path: couplingSegments.synchronise,
        title: () => $localize`:@@title.synchronise:Synchroniseren`,
        loadComponent: () => import('./synchronise/synchronise-page.js').then((m) => m.SynchronisePage),
      },
      {
        path: couplingSegments.match,
        title: () => $localize`:@@title.match:Matchen`,
        data: { isStep: true },
        loadComponent: () => import('../match/match-page.js').then((m) => m.MatchPage),
      },
      {
        path: couplingSegments.settings,
        title: () => $localize`:@@title.settings:Instellingen`,
        data: { isStep: true },
        canDeactivate: [leavePage],
        loadComponent: () => import('../settings/settings-page.js').then((m) => m.SettingsPage),
      },
      {
        path: couplingSegments.finish,
        title: () => $localize`:@@title.finish:Afronden`,
        loadComponent: () => import('./finish/finish-page.js').then((m) => m.FinishPage),
      },
    ],
  },
];
