import { Component, input, linkedSignal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { getRelationEvidenceEndpoint } from '@koppel/contracts';
import { endpointResource } from '../api/endpoint-resource.js';
import { Evidence } from '../match/evidence.js';
import { CountPipe } from '../ui/pipes.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { Skeleton } from '../ui/skeleton.js';

/** Why the records of a relation are one, asked for when somebody wants to know: what Koppel joined by itself has no question to read. */
@Component({
  selector: 'kp-why-one',
  imports: [MatButton, Evidence, CountPipe, ProblemPanel, Skeleton],
  template: `
    <button
      matButton
      type="button"
      [attr.aria-expanded]="isOpen()"
      aria-controls="why-one"
      (click)="isOpen.set(!isOpen())"
    >
      <span i18n="@@whyOne.button">Waarom is dit één relatie?</span>
    </button>
    <div id="why-one" [hidden]="!isOpen()">
      @if (isOpen()) {
        @if (read.value(); as value) {
          <p class="kp-muted kp-small" i18n="@@whyOne.note">
            Elk record naast het record waar het het best bij past, zoals Koppel ze nu vergelijkt.
          </p>
          @for (pair of value.pairs; track pair.left.sourceRelationId + pair.right.sourceRelationId) {
            <section class="kp-card">
              <h3>{{ pair.left.administrationName }} ↔ {{ pair.right.administrationName }}</h3>
              <p class="kp-muted kp-small">
                {{ pair.left.name }}
                @if (pair.left.name !== pair.right.name) {
                  ↔ {{ pair.right.name }}
                }
              </p>
              <kp-evidence isBare [pair]="pair" />
            </section>
          } @empty {
            <p class="kp-muted" i18n="@@whyOne.none">Van deze records is er nog maar één in Exact Online.</p>
          }
          @if (value.untold > 0) {
            <p class="kp-muted kp-small">
              <ng-container i18n="@@whyOne.untold">{value.untold, plural,
                =1 {Nog 1 record is hier niet vergeleken: meer dan honderd is te veel.}
                other {
                  Nog {{ value.untold | count }} records zijn hier niet vergeleken: meer dan honderd is te
                  veel.
                }
              }</ng-container>
            </p>
          }
        } @else if (read.problem(); as problem) {
          <kp-problem [problem]="problem" (retry)="read.reload()" />
        } @else {
          <kp-skeleton [lines]="4" />
        }
      }
    </div>
  `,
  styles: `
    :host {
      display: block;
      margin-top: 8px;
    }

    section {
      margin-top: 12px;
      padding: 12px 16px;
    }

    h3 {
      font-size: 13px;
    }
  `,
})
export class WhyOne {
  readonly relationId = input.required<string>();
  /** Of the relation: with another one its records or their values are others, and they are compared again. */
  readonly version = input.required<number>();
  /** Closed again for another relation. */
  protected readonly isOpen = linkedSignal({ source: () => this.relationId(), computation: () => false });
  protected readonly read = endpointResource(
    getRelationEvidenceEndpoint,
    () => {
      this.version();
      return this.isOpen() ? { params: { id: this.relationId() } } : undefined;
    },
    { keepsLast: false },
  );
}
