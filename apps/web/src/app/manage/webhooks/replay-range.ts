import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatInput, MatLabel } from '@angular/material/input';
import { replayWebhookRangeEndpoint } from '@koppel/contracts';
import { injectCallEndpoint } from '../../api/call-endpoint.js';
import { injectAsk } from '../../ui/ask-dialog.js';
import { MomentPipe } from '../../ui/pipes.js';
import { Clock } from '../../ui/clock.js';
import { Toaster } from '../../ui/toaster.js';
import { rangeQuestion } from './webhook-questions.js';

/** Sends the events of a time anew. One request takes so many; the reader is told where to go on. */
@Component({
  selector: 'kp-replay-range',
  imports: [MatButton, MatFormField, MatInput, MatLabel],
  providers: [MomentPipe],
  template: `
    <form (submit)="$event.preventDefault(); replay()">
      <mat-form-field appearance="outline" subscriptSizing="dynamic">
        <mat-label i18n="@@range.since">Opnieuw vanaf</mat-label>
        <input #from matInput type="datetime-local" [value]="since()" (input)="since.set(from.value)" />
      </mat-form-field>
      <mat-form-field appearance="outline" subscriptSizing="dynamic">
        <mat-label i18n="@@range.until">Tot (leeg: nu)</mat-label>
        <input #to matInput type="datetime-local" [value]="until()" (input)="until.set(to.value)" />
      </mat-form-field>
      <button matButton="outlined" type="submit" [disabled]="why() !== undefined || isBusy()">
        <span i18n="@@range.replay">Periode opnieuw verzenden…</span>
      </button>
      @if (why(); as reason) {
        <span class="kp-muted kp-small">{{ reason }}</span>
      }
    </form>
  `,
  styles: `
    form {
      display: flex;
      align-items: center;
      flex-wrap: wrap;
      gap: 10px;
      padding-block: 8px;
    }
    /* The browser cuts the fields of a moment off at their line. */
    input::-webkit-datetime-edit {
      line-height: 1.5;
      padding-block: 0;
    }
  `,
})
export class ReplayRange {
  readonly endpointId = input.required<string>();
  readonly isEnabled = input.required<boolean>();
  readonly replayed = output();
  readonly #call = injectCallEndpoint();
  readonly #ask = injectAsk();
  readonly #toaster = inject(Toaster);
  readonly #moment = inject(MomentPipe);
  readonly #clock = inject(Clock);
  protected readonly since = signal('');
  protected readonly until = signal('');
  protected readonly isBusy = signal(false);
  protected readonly why = computed(() => {
    if (!this.isEnabled()) return $localize`:@@range.off:Zet de webhook eerst aan.`;
    if (this.since() === '') return $localize`:@@range.first:Kies eerst vanaf wanneer.`;
    return this.until() !== '' && this.until() <= this.since()
      ? $localize`:@@range.order:Het einde moet na het begin liggen.`
      : undefined;
  });

  protected async replay(): Promise<void> {
    if (this.why() !== undefined || this.isBusy()) return;
    const since = new Date(this.since()).toISOString();
    const until = (this.until() === '' ? this.#clock.read() : new Date(this.until())).toISOString();
    const shown = [since, until].map((at) => this.#moment.transform(at)) as [string, string];
    if (!(await this.#ask(rangeQuestion(...shown)))) return;
    this.isBusy.set(true);
    const input = { params: { id: this.endpointId() }, body: { since, until } };
    const result = await this.#call(replayWebhookRangeEndpoint, input);
    this.isBusy.set(false);
    if (!result.ok) return this.#toaster.showProblem(result.problem);
    this.#tell(result.value.replayed, result.value.continueSince);
    this.replayed.emit();
  }

  #tell(count: number, continueSince: string | null): void {
    this.#toaster.show(
      continueSince === null
        ? $localize`:@@range.done:${count}:COUNT: berichten gaan opnieuw weg.`
        : $localize`:@@range.goOn:${count}:COUNT: berichten gaan opnieuw weg, meer past niet in één keer. Ga verder vanaf ${this.#moment.transform(continueSince)}:SINCE:.`,
    );
  }
}
