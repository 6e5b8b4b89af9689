import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Connection } from '@koppel/contracts';
import { Icon } from '../../ui/icon.js';
import { DayPipe, MomentPipe } from '../../ui/pipes.js';
import { regionText } from './regions.js';

/** A consent at Exact: whose, since and until when, and how it is doing. */
@Component({
  selector: 'kp-connection',
  imports: [Icon, MatButton, DayPipe, MomentPipe],
  template: `
    <div class="icon"><kp-icon [name]="isBroken() ? 'unlink' : 'link'" /></div>
    <div class="texts">
      <h2>Exact Online {{ region() }}</h2>
      <p class="kp-muted" i18n="@@connection.user">Exact-gebruiker {{ connection().exactUserName }}</p>
      <p class="kp-muted kp-small" i18n="@@connection.authorised">
        Toestemming van {{ connection().authorisedByName }}, {{ connection().authorisedAt | moment }}
      </p>
      @if (connection().refreshExpiresAt; as until) {
        <p class="kp-muted kp-small" i18n="@@connection.until">
          Blijft geldig zolang Koppel werkt; zonder gebruik tot {{ until | day }}
        </p>
      }
      @if (isBroken()) {
        <p class="broken" i18n="@@connection.broken">
          Exact accepteert de toestemming niet meer. Koppel opnieuw: administraties, codes, matches en
          instellingen blijven staan.
        </p>
      }
    </div>
    @if (isBroken()) {
      <span class="kp-badge is-bad"
        ><kp-icon name="warning" /><span i18n="@@connection.stateBroken">Verbroken</span></span
      >
    } @else {
      <span class="kp-badge is-ok"
        ><kp-icon name="check" /><span i18n="@@connection.stateActive">Verbonden</span></span
      >
    }
    <div class="actions">
      <button
        [matButton]="isBroken() ? 'filled' : 'outlined'"
        type="button"
        [disabled]="isBusy()"
        (click)="reconnect.emit(false)"
        i18n="@@connection.reconnect"
      >
        Opnieuw koppelen
      </button>
      <button
        matButton
        type="button"
        [disabled]="isBusy()"
        (click)="reconnect.emit(true)"
        i18n="@@connection.otherUser"
      >
        Met andere Exact-gebruiker
      </button>
      <ng-content />
    </div>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: auto 1fr auto;
      gap: 14px 16px;
      padding: 20px;
    }
    .icon {
      display: grid;
      place-items: center;
      width: 40px;
      height: 40px;
      border-radius: 8px;
      background: var(--kp-accent-soft);
      color: var(--kp-accent-strong);
      font-size: 17px;
    }
    .kp-badge {
      align-self: start;
    }
    .broken {
      margin-top: 6px;
      color: var(--kp-bad);
    }
    .actions {
      grid-column: 2 / -1;
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    @media (width <= 700px) {
      :host {
        grid-template-columns: auto 1fr;
      }
      .kp-badge {
        grid-column: 2;
        justify-self: start;
        grid-row: 2;
      }
      .actions {
        grid-column: 1 / -1;
      }
    }
  `,
})
export class ConnectionCard {
  readonly connection = input.required<Connection>();
  readonly isBusy = input(false);
  /** True asks for another Exact user. */
  readonly reconnect = output<boolean>();
  protected readonly region = computed(() => regionText(this.connection().region));
  protected readonly isBroken = computed(() =>
    ['reauth-required', 'disconnected'].includes(this.connection().state),
  );
}
