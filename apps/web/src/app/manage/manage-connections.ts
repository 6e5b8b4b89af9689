import { Component, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { disconnectEndpoint, type Administration, type Connection } from '@koppel/contracts';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { injectBeginConnection } from '../coupling/connect/begin-connection.js';
import { regionText } from '../coupling/connect/regions.js';
import { CurrentCoupling } from '../coupling/current-coupling.js';
import { paths } from '../paths.js';
import { CurrentSession } from '../session/current-session.js';
import { injectAsk } from '../ui/ask-dialog.js';
import { Empty } from '../ui/empty.js';
import { Icon } from '../ui/icon.js';
import { DayPipe, MomentPipe } from '../ui/pipes.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { Skeleton } from '../ui/skeleton.js';
import { Toaster } from '../ui/toaster.js';
import { lookOf } from './connection-state.js';

/** The consents at Exact: reconnect, hand over to another user, disconnect. */
@Component({
  selector: 'kp-manage-connections',
  imports: [Empty, Icon, ProblemPanel, Skeleton, DayPipe, MomentPipe, MatButton, RouterLink],
  templateUrl: './manage-connections.html',
  styleUrl: './manage-connections.scss',
})
export class ManageConnections {
  /** The coupled ones, to say which of them a consent is for. */
  readonly administrations = input.required<readonly Administration[]>();
  readonly #call = injectCallEndpoint();
  readonly #toaster = inject(Toaster);
  readonly #ask = injectAsk();
  protected readonly coupling = inject(CurrentCoupling);
  protected readonly session = inject(CurrentSession);
  protected readonly connecting = injectBeginConnection();
  protected readonly paths = paths;
  protected readonly lookOf = lookOf;
  protected readonly regionText = regionText;

  protected namesOf(connection: Connection): string {
    return this.#of(connection)
      .map(({ name }) => name)
      .join(', ');
  }

  protected async handOver(connection: Connection): Promise<void> {
    const answer = await this.#ask({
      heading: $localize`:@@manage.handOverHeading:Verbinding overdragen`,
      lines: [
        $localize`:@@manage.handOverHow:U logt bij Exact Online in als de nieuwe gebruiker en geeft daar toestemming. Tot dat gelukt is, werkt Koppel verder met ${connection.exactUserName}:NAME:.`,
        $localize`:@@manage.handOverNeeds:De nieuwe gebruiker moet rechten hebben in: ${this.namesOf(connection) || '–'}:NAMES:.`,
      ],
      confirm: $localize`:@@manage.handOverConfirm:Naar Exact Online`,
    });
    if (answer) await this.connecting.begin(connection.region, true);
  }

  protected async disconnect(connection: Connection): Promise<void> {
    const answer = await this.#ask({
      heading: $localize`:@@manage.disconnectHeading:Verbinding losmaken`,
      lines: [
        $localize`:@@manage.disconnectStops:Deze administraties staan dan stil: ${this.namesOf(connection) || '–'}:NAMES:.`,
        $localize`:@@manage.disconnectEffect:Koppel vernietigt de toestemming en haalt niets meer op uit Exact Online.`,
        $localize`:@@manage.disconnectKeeps:Relaties, codes, beslissingen en instellingen blijven. Opnieuw koppelen kan altijd.`,
      ],
      confirm: $localize`:@@manage.disconnectConfirm:Losmaken`,
      isDestructive: true,
    });
    if (!answer) return;
    const result = await this.#call(disconnectEndpoint, { params: { id: connection.id } });
    if (result.ok)
      this.#toaster.show($localize`:@@manage.disconnected:De verbinding met Exact Online is losgemaakt.`);
    else this.#toaster.showProblem(result.problem);
    this.coupling.reload();
  }

  #of(connection: Connection): readonly Administration[] {
    return this.administrations().filter(({ connectionId }) => connectionId === connection.id);
  }
}
