import type { Routes } from '@angular/router';
import { segments } from './paths.js';
import { featureEnabled, notSignedIn, operatorOnly, signedIn } from './session/guards.js';

export const routes: Routes = [
  {
    path: segments.signIn,
    title: () => $localize`:@@title.signIn:Inloggen`,
    canActivate: [notSignedIn],
    loadComponent: () => import('./session/sign-in-page.js').then((m) => m.SignInPage),
  },
  {
    path: '',
    canActivate: [signedIn],
    loadComponent: () => import('./shell/shell.js').then((m) => m.Shell),
    children: [
      {
        path: segments.featureOff,
        title: () => $localize`:@@title.featureOff:Nog niet aangezet`,
        loadComponent: () => import('./session/feature-off-page.js').then((m) => m.FeatureOffPage),
      },
      {
        path: segments.operator,
        title: () => $localize`:@@title.operator:Helpdesk`,
        canActivate: [operatorOnly],
        loadComponent: () => import('./operator/operator-page.js').then((m) => m.OperatorPage),
      },
      {
        path: '',
        canActivate: [featureEnabled],
        loadChildren: () => import('./pages.routes.js').then((m) => m.pageRoutes),
      },
    ],
  },
  { path: '**', redirectTo: '' },
];
