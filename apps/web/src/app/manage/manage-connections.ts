import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { disconnectEndpoint, type Connection } from '@koppel/contracts';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { injectBeginConnection } from '../coupling/connect/begin-connection.js';
import { ConnectionCard } from '../coupling/connect/connection-card.js';
import { CurrentCoupling } from '../coupling/current-coupling.js';
import { CurrentSession } from '../session/current-session.js';
import { injectAsk } from '../ui/ask-dialog.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { Toaster } from '../ui/toaster.js';

/** The consents at Exact: reconnect, hand over to another user, disconnect. */
@Component({
  selector: 'kp-manage-connections',
  imports: [ConnectionCard, ProblemPanel, MatButton],
  template: `
    <h2 i18n="@@manage.connections">Verbinding met Exact Online</h2>
    @if (connecting.problem(); as problem) {
      <kp-problem [problem]="problem" [canRetry]="false" />
    }
    @for (connection of coupling.value()?.connections ?? []; track connection.id) {
      <kp-connection
        class="kp-card"
        [connection]="connection"
        [isBusy]="connecting.isLeaving() || !session.isAdmin()"
        (reconnect)="connecting.begin(connection.region, $event)"
      >
        @if (session.isAdmin() && connection.state !== 'disconnected') {
          <button matButton type="button" (click)="disconnect(connection)" i18n="@@manage.disconnect">
            Verbinding verbreken
          </button>
        }
      </kp-connection>
    } @empty {
      <p class="kp-muted" i18n="@@manage.noConnection">Nog niet verbonden.</p>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 12px;
    }
  `,
})
export class ManageConnections {
  readonly #call = injectCallEndpoint();
  readonly #toaster = inject(Toaster);
  readonly #ask = injectAsk();
  protected readonly coupling = inject(CurrentCoupling);
  protected readonly session = inject(CurrentSession);
  protected readonly connecting = injectBeginConnection();

  protected async disconnect(connection: Connection): Promise<void> {
    const answer = await this.#ask({
      heading: $localize`:@@manage.disconnectHeading:Verbinding verbreken`,
      lines: [
        $localize`:@@manage.disconnectEffect:Koppel vernietigt de toestemming en haalt niets meer op uit Exact Online.`,
        $localize`:@@manage.disconnectKeeps:Relaties, codes, beslissingen en instellingen blijven. Opnieuw koppelen kan altijd.`,
      ],
      confirm: $localize`:@@manage.disconnectConfirm:Verbreken`,
      isDestructive: true,
    });
    if (!answer) return;
    const result = await this.#call(disconnectEndpoint, { params: { id: connection.id } });
    if (!result.ok) this.#toaster.showProblem(result.problem);
    this.coupling.reload();
  }
}
