import type { Routes } from '@angular/router';
import { segments } from './paths.js';

export const pageRoutes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: segments.overview },
  {
    path: segments.overview,
    title: () => $localize`:@@title.overview:Overzicht`,
    loadComponent: () => import('./overview/overview-page.js').then((m) => m.OverviewPage),
  },
];
