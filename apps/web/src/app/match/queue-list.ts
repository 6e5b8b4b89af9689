import { Component, ElementRef, effect, inject, input, output } from '@angular/core';
import type { ProposalSummary } from '@koppel/contracts';
import { BothPipe, SharePipe } from '../ui/pipes.js';

/** The pairs that wait, most certain first. */
@Component({
  selector: 'kp-queue',
  imports: [BothPipe, SharePipe],
  template: `
    <ol>
      @for (pair of pairs(); track pair.id) {
        <li>
          <button
            type="button"
            [id]="'pair-' + pair.id"
            [class.is-current]="pair.id === currentId()"
            [attr.aria-current]="pair.id === currentId() ? 'true' : null"
            (click)="choose.emit(pair.id)"
          >
            <span class="name">{{ pair.left.name }}</span>
            <span class="share">{{ pair.probability | share }}</span>
            @if (pair.right.name !== pair.left.name) {
              <span class="other">{{ pair.right.name }}</span>
            }
            <span class="where">
              @if (pair.left.administrationName === pair.right.administrationName) {
                {{ pair.left.administrationName }}
              } @else {
                {{ pair.left.administrationName }} ↔ {{ pair.right.administrationName }}
              }
            </span>
            @if (pair.topReasons[0]; as reason) {
              <span class="reason">{{ reason.text | both }}</span>
            }
          </button>
        </li>
      }
    </ol>
  `,
  styleUrl: './queue-list.scss',
})
export class QueueList {
  readonly pairs = input.required<readonly ProposalSummary[]>();
  readonly currentId = input<string>();
  readonly choose = output<string>();

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    effect(() => {
      const id = this.currentId();
      if (id === undefined) return;
      requestAnimationFrame(() =>
        host.querySelector(`[id="pair-${id}"]`)?.scrollIntoView({ block: 'nearest' }),
      );
    });
  }
}
