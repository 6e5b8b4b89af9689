import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Coupling } from '@koppel/contracts';
import { pathOfStep } from '../paths.js';
import { Icon } from '../ui/icon.js';
import { MomentPipe } from '../ui/pipes.js';

/** On every page while contacts must not be edited: why, since when, and where to go on. */
@Component({
  selector: 'kp-freeze-banner',
  imports: [Icon, RouterLink, MomentPipe],
  template: `
    <kp-icon name="lock" />
    <p>
      <strong i18n="@@freeze.heading">Contacten staan vast.</strong>&ngsp;
      <span i18n="@@freeze.text"
        >Wijzig geen contacten in Exact Online of in uw ERP tot de koppeling klaar is; de rest kan
        gewoon.</span
      >&ngsp;
      @if (coupling().frozenSince; as since) {
        <span class="since" i18n="@@freeze.since">Sinds {{ since | moment }}.</span>
      }
    </p>
    <a [routerLink]="link()" i18n="@@freeze.continue">Verder met koppelen</a>
  `,
  host: { role: 'status' },
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: 10px;
      padding: 8px 32px;
      border-bottom: 1px solid color-mix(in srgb, var(--kp-warn) 30%, transparent);
      background: var(--kp-warn-soft);
      color: var(--kp-ink);
      font-size: 13px;
    }
    kp-icon {
      color: var(--kp-warn);
      font-size: 15px;
    }
    p {
      flex: 1;
    }
    .since {
      color: var(--kp-ink-2);
    }
    a {
      color: inherit;
      font-weight: 600;
      white-space: nowrap;
    }
    @media (width <= 700px) {
      :host {
        flex-wrap: wrap;
        padding: 8px 16px;
      }
      p {
        flex: 1 1 80%;
      }
      .since {
        display: none;
      }
    }
  `,
})
export class FreezeBanner {
  readonly coupling = input.required<Coupling>();
  protected readonly link = () => pathOfStep(this.coupling().step);
}
