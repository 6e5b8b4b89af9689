import type { Routes } from '@angular/router';
import { segments } from './paths.js';
import { leavePage } from './session/leave-page.js';

export const pageRoutes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: segments.overview },
  {
    path: segments.overview,
    title: () => $localize`:@@title.overview:Overzicht`,
    loadComponent: () => import('./overview/overview-page.js').then((m) => m.OverviewPage),
  },
  {
    path: segments.callback,
    title: () => $localize`:@@title.callback:Terug van Exact Online`,
    loadComponent: () => import('./coupling/connect/callback-page.js').then((m) => m.CallbackPage),
  },
  {
    path: segments.coupling,
    loadChildren: () => import('./coupling/coupling.routes.js').then((m) => m.couplingRoutes),
  },
  {
    path: segments.match,
    title: () => $localize`:@@title.match:Matchen`,
    loadComponent: () => import('./match/match-page.js').then((m) => m.MatchPage),
  },
  {
    path: segments.settings,
    title: () => $localize`:@@title.settings:Instellingen`,
    canDeactivate: [leavePage],
    loadComponent: () => import('./settings/settings-page.js').then((m) => m.SettingsPage),
  },
  {
    path: segments.issues,
    title: () => $localize`:@@title.issues:Meldingen`,
    loadComponent: () => import('./issues/issues-page.js').then((m) => m.IssuesPage),
  },
  {
    path: segments.relations,
    title: () => $localize`:@@title.relations:Relaties`,
    loadComponent: () => import('./relations/relations-page.js').then((m) => m.RelationsPage),
  },
  {
    path: `${segments.relations}/:id`,
    title: () => $localize`:@@title.relation:Relatie`,
    loadComponent: () => import('./relations/relation-page.js').then((m) => m.RelationPage),
  },
  {
    path: segments.conflicts,
    title: () => $localize`:@@title.conflicts:Tegenstrijdige wijzigingen`,
    loadComponent: () => import('./relations/conflicts-page.js').then((m) => m.ConflictsPage),
  },
  {
    path: segments.history,
    title: () => $localize`:@@title.history:Geschiedenis`,
    loadComponent: () => import('./history/history-page.js').then((m) => m.HistoryPage),
  },
  {
    path: segments.manage,
    title: () => $localize`:@@title.manage:Beheer`,
    loadComponent: () => import('./manage/manage-page.js').then((m) => m.ManagePage),
  },
  {
    path: `${segments.runs}/:id`,
    title: () => $localize`:@@title.run:Synchronisatie`,
    loadComponent: () => import('./sync/run-page.js').then((m) => m.RunPage),
  },
];
