import { afterNextRender, Component, inject, input, output, viewChild, type ElementRef } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Icon } from '../ui/icon.js';
import { Toaster } from '../ui/toaster.js';

/** A secret that can be read only now, with a button that copies it. The reader is taken there. */
@Component({
  selector: 'kp-secret-once',
  imports: [Icon, MatButton],
  template: `
    <div class="made" role="status">
      <kp-icon name="key" />
      <div>
        <p>{{ text() }}</p>
        <code #secretText tabindex="-1">{{ secret() }}</code>
      </div>
      <button matButton="filled" type="button" (click)="copy()">
        <kp-icon name="copy" /> <span i18n="@@keys.copy">Kopiëren</span>
      </button>
      <button matButton type="button" (click)="done.emit()" i18n="@@keys.done">Klaar</button>
    </div>
  `,
  styles: `
    .made {
      display: flex;
      align-items: center;
      flex-wrap: wrap;
      gap: 10px 14px;
      padding: 14px 20px;
      border-bottom: 1px solid var(--kp-line);
      background: var(--kp-accent-soft);
    }
    .made div {
      flex: 1 1 240px;
    }
    code {
      font-weight: 600;
      overflow-wrap: anywhere;
    }
  `,
})
export class SecretOnce {
  readonly secret = input.required<string>();
  readonly text = input.required<string>();
  readonly done = output();
  readonly #toaster = inject(Toaster);
  private readonly shown = viewChild.required<ElementRef<HTMLElement>>('secretText');

  constructor() {
    afterNextRender(() => this.shown().nativeElement.focus());
  }

  protected async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.secret());
      this.#toaster.show($localize`:@@keys.copied:Gekopieerd.`);
    } catch {
      // The browser may refuse the clipboard; the key is selected, so that copying by hand is one keystroke.
      getSelection()?.selectAllChildren(this.shown().nativeElement);
      this.#toaster.show(
        $localize`:@@keys.notCopied:De browser stond kopiëren niet toe. De sleutel is geselecteerd; kopieer hem zelf.`,
      );
    }
  }
}
