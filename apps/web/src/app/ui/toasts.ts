import { Component, inject } from '@angular/core';
import { Icon } from './icon.js';
import { Toaster, type Toast } from './toaster.js';

/** Shows the toasts; lives once, in the app. */
@Component({
  selector: 'kp-toasts',
  imports: [Icon],
  template: `
    <div aria-live="polite" class="stack">
      @for (toast of toaster.toasts(); track toast.id) {
        <div class="toast" [class.is-bad]="toast.tone === 'bad'">
          @if (toast.tone === 'bad') {
            <kp-icon name="warning" />
          }
          <span class="text">
            {{ toast.text }}
            @if (toast.reference; as reference) {
              <small>{{ reference }}</small>
            }
          </span>
          @if (toast.action; as action) {
            <button type="button" class="action" (click)="run(toast)">{{ action.label }}</button>
          }
          <button
            type="button"
            class="dismiss"
            (click)="toaster.dismiss(toast.id)"
            aria-label="Sluiten"
            i18n-aria-label="@@toast.dismiss"
          >
            <kp-icon name="close" />
          </button>
        </div>
      }
    </div>
  `,
  styles: `
    .stack {
      position: fixed;
      z-index: 900;
      inset-block-end: 24px;
      inset-inline-start: 24px;
      display: grid;
      gap: 8px;
      max-width: min(480px, calc(100vw - 32px));
    }
    .toast {
      display: flex;
      align-items: center;
      gap: 12px;
      padding: 10px 10px 10px 16px;
      border-radius: 8px;
      background: light-dark(#16282b, #e3ecec);
      color: light-dark(#f2f7f7, #132023);
      box-shadow: var(--kp-shadow-float);
      animation: rise 0.18s ease-out;
    }
    .toast.is-bad kp-icon:first-child {
      color: light-dark(#ffb1aa, #a2252b);
    }
    .text {
      flex: 1;
    }
    small {
      display: block;
      font-size: 11px;
      opacity: 0.75;
      overflow-wrap: anywhere;
    }
    button {
      border: 0;
      border-radius: 5px;
      background: transparent;
      color: inherit;
      cursor: pointer;
    }
    button:focus-visible {
      outline-color: currentColor;
    }
    .action {
      padding: 5px 10px;
      color: light-dark(#8fdbe6, #0a4650);
      font-weight: 600;
      white-space: nowrap;
    }
    .dismiss {
      display: inline-flex;
      padding: 5px;
      opacity: 0.75;
    }
    @keyframes rise {
      from {
        opacity: 0;
        transform: translateY(8px);
      }
    }
    @media (width <= 700px) {
      .stack {
        inset-inline: 12px;
        inset-block-end: 76px;
        max-width: none;
      }
    }
  `,
})
export class Toasts {
  protected readonly toaster = inject(Toaster);

  protected run(toast: Toast): void {
    this.toaster.dismiss(toast.id);
    toast.action?.run();
  }
}
