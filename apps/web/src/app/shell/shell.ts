import { Component, computed, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { CurrentCoupling } from '../coupling/current-coupling.js';
import { CurrentSession } from '../session/current-session.js';
import { isTypingIn } from '../ui/is-typing.js';
import { FreezeBanner } from './freeze-banner.js';
import { injectHelp } from './help.js';
import { navigation } from './navigation.js';
import { BottomBar } from './bottom-bar.js';
import { TopBar } from './top-bar.js';

/** What surrounds every page of someone signed in: skip link, header, banner while contacts are frozen. */
@Component({
  imports: [RouterOutlet, TopBar, BottomBar, FreezeBanner],
  providers: [CurrentCoupling],
  template: `
    <a class="skip" href="#inhoud" (click)="skip($event, main)" i18n="@@shell.skip">Naar de inhoud</a>
    <kp-top-bar [items]="items()" [counts]="counts()" (help)="help()" />
    @if (coupling.value(); as value) {
      @if (value.isFrozen) {
        <kp-freeze-banner [coupling]="value" />
      }
    }
    <main #main id="inhoud" tabindex="-1"><router-outlet /></main>
    @if (items().length > 0) {
      <kp-bottom-bar [items]="items()" [counts]="counts()" />
    }
  `,
  host: { '(document:keydown)': 'onKey($event)' },
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      min-height: 100vh;
    }
    main {
      flex: 1;
    }
    .skip {
      position: absolute;
      z-index: 1000;
      inset-block-start: -60px;
      inset-inline-start: 12px;
      padding: 10px 16px;
      border-radius: 0 0 8px 8px;
      background: var(--kp-accent);
      color: var(--kp-on-accent);
    }
    .skip:focus {
      inset-block-start: 0;
    }
  `,
})
export class Shell {
  protected readonly coupling = inject(CurrentCoupling);
  readonly #session = inject(CurrentSession);
  protected readonly help = injectHelp();
  protected readonly items = computed(() => (this.#session.tenant()?.isFeatureEnabled ? navigation() : []));
  protected readonly counts = computed(() => ({
    match: this.coupling.value()?.openProposals ?? 0,
    issues: this.coupling.value()?.openBlockingIssues ?? 0,
  }));

  /** A plain fragment link would lead to the base address, so the focus is moved here. */
  protected skip(event: Event, main: HTMLElement): void {
    event.preventDefault();
    main.focus();
  }

  protected onKey(event: KeyboardEvent): void {
    if (event.key !== '?' || event.defaultPrevented || isTypingIn(event.target)) return;
    event.preventDefault();
    void this.help();
  }
}
