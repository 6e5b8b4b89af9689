import { Component, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterOutlet } from '@angular/router';
import { filter, map, pairwise, startWith } from 'rxjs';
import { Toasts } from './ui/toasts.js';

const withoutQuery = (url: string) => url.split(/[?#]/)[0] ?? '';

@Component({
  selector: 'kp-app',
  imports: [RouterOutlet, Toasts],
  template: `
    <router-outlet />
    <kp-toasts />
  `,
})
export class App {
  constructor() {
    inject(Router)
      .events.pipe(
        filter((event) => event instanceof NavigationEnd),
        map((event) => withoutQuery(event.urlAfterRedirects)),
        startWith(''),
        pairwise(),
        filter(([before, after]) => before !== '' && before !== after),
        takeUntilDestroyed(),
      )
      .subscribe(() => setTimeout(focusHeading));
  }
}

/** A screen reader announces the new page because the focus lands on its heading. */
function focusHeading(): void {
  const target =
    document.querySelector<HTMLElement>('main h1') ?? document.querySelector<HTMLElement>('main');
  target?.focus({ preventScroll: true });
}
