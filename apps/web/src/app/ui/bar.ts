import { Component, computed, input } from '@angular/core';

/** A progress bar; without a total it only shows that something goes on. */
@Component({
  selector: 'kp-bar',
  template: `<span class="fill" [style.inline-size.%]="percent()"></span>`,
  host: {
    role: 'progressbar',
    'aria-valuemin': '0',
    'aria-valuemax': '100',
    '[attr.aria-valuenow]': 'percent() ?? null',
    '[attr.aria-label]': 'label()',
    '[class]': '"is-" + tone()',
    '[class.is-unknown]': 'percent() === undefined',
  },
  styles: `
    :host {
      display: block;
      height: 6px;
      border-radius: 3px;
      background: var(--kp-line);
      overflow: hidden;
    }
    .fill {
      display: block;
      height: 100%;
      border-radius: 3px;
      background: var(--kp-accent);
      transition: inline-size 0.35s ease-out;
    }
    :host(.is-ok) .fill {
      background: var(--kp-ok);
    }
    :host(.is-waiting) .fill {
      background: repeating-linear-gradient(
        -45deg,
        var(--kp-warn) 0 6px,
        color-mix(in srgb, var(--kp-warn) 65%, transparent) 6px 12px
      );
    }
    :host(.is-bad) .fill {
      background: var(--kp-bad);
    }
    :host(.is-unknown) .fill {
      width: 35%;
      animation: slide 1.4s infinite ease-in-out;
    }
    @keyframes slide {
      from {
        transform: translateX(-110%);
      }
      to {
        transform: translateX(310%);
      }
    }
  `,
})
export class Bar {
  readonly label = input.required<string>();
  readonly share = input<number>();
  readonly tone = input<'accent' | 'ok' | 'waiting' | 'bad'>('accent');
  protected readonly percent = computed(() => {
    const share = this.share();
    return share === undefined ? undefined : Math.round(Math.min(1, Math.max(0, share)) * 100);
  });
}
