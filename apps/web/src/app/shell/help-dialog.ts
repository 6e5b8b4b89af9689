import { Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialogModule } from '@angular/material/dialog';

interface KeyHelp {
  readonly keys: readonly string[];
  readonly text: string;
}

@Component({
  imports: [MatDialogModule, MatButton],
  template: `
    <h2 mat-dialog-title i18n="@@help.heading">Toetsen</h2>
    <mat-dialog-content>
      <h3 i18n="@@help.match">Op de pagina Matchen</h3>
      <dl>
        @for (each of matchKeys; track each.text) {
          <div>
            <dt>
              @for (key of each.keys; track key) {
                <kbd>{{ key }}</kbd>
              }
            </dt>
            <dd>{{ each.text }}</dd>
          </div>
        }
      </dl>
      <h3 i18n="@@help.everywhere">Overal</h3>
      <dl>
        <div>
          <dt><kbd>?</kbd></dt>
          <dd i18n="@@help.thisList">Deze lijst</dd>
        </div>
        <div>
          <dt><kbd>Esc</kbd></dt>
          <dd i18n="@@help.escape">Venster of menu sluiten</dd>
        </div>
      </dl>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton="filled" type="button" mat-dialog-close i18n="@@help.close">Sluiten</button>
    </mat-dialog-actions>
  `,
  styles: `
    h3 {
      margin: 12px 0 6px;
      color: var(--kp-ink);
    }
    dl > div {
      display: grid;
      grid-template-columns: 120px 1fr;
      align-items: center;
      padding: 5px 0;
      border-bottom: 1px solid var(--kp-line);
    }
    dt {
      display: flex;
      gap: 4px;
    }
  `,
})
export class HelpDialog {
  protected readonly matchKeys: readonly KeyHelp[] = [
    { keys: ['J', 'K'], text: $localize`:@@help.nextPrevious:Volgend en vorig paar` },
    { keys: ['A'], text: $localize`:@@help.same:Zelfde relatie: samenvoegen` },
    { keys: ['N'], text: $localize`:@@help.different:Niet dezelfde` },
    { keys: ['U'], text: $localize`:@@help.unsure:Weet ik niet, later` },
    {
      keys: ['1', '…', '9'],
      text: $localize`:@@help.lead:Waarde van deze administratie leidend voor het gekozen veld`,
    },
    { keys: ['↑', '↓'], text: $localize`:@@help.field:Ander veld kiezen` },
    { keys: ['S'], text: $localize`:@@help.split:Een record uit een groep halen` },
    { keys: ['E'], text: $localize`:@@help.explain:Uitleg tonen of verbergen` },
    { keys: ['Z'], text: $localize`:@@help.undo:Laatste beslissing ongedaan maken` },
    { keys: ['/'], text: $localize`:@@help.search:Zoeken` },
  ];
}
