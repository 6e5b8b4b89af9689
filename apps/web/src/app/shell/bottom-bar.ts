import { Component, computed, input } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { paths } from '../paths.js';
import { Icon } from '../ui/icon.js';
import { bottomBarMax, type NavigationItem } from './navigation.js';

/** The pages on a small screen: the first ones in reach of the thumb, the others behind "more". */
@Component({
  selector: 'kp-bottom-bar',
  imports: [RouterLink, RouterLinkActive, Icon, MatMenu, MatMenuItem, MatMenuTrigger],
  template: `
    <nav aria-label="Pagina's" i18n-aria-label="@@shell.nav">
      @for (item of shown(); track item.key) {
        <a [routerLink]="item.path" routerLinkActive="is-active" ariaCurrentWhenActive="page">
          <kp-icon [name]="item.icon" />
          {{ item.text }}
          @if (counts()[item.key]; as count) {
            <span class="dot">{{ count }}</span>
          }
        </a>
      }
      <button type="button" [matMenuTriggerFor]="more">
        <kp-icon name="menu" />
        <span i18n="@@shell.more">Meer</span>
        @if (hiddenCount(); as count) {
          <span class="dot is-bad">{{ count }}</span>
        }
      </button>
      <mat-menu #more>
        @for (item of hidden(); track item.key) {
          <a mat-menu-item [routerLink]="item.path">
            {{ item.text }}
            @if (counts()[item.key]; as count) {
              ({{ count }})
            }
          </a>
        }
        <a mat-menu-item [routerLink]="paths.manage" i18n="@@shell.manage">Beheer</a>
      </mat-menu>
    </nav>
  `,
  styleUrl: './bottom-bar.scss',
})
export class BottomBar {
  readonly items = input.required<readonly NavigationItem[]>();
  readonly counts = input.required<Partial<Record<NavigationItem['key'], number>>>();
  protected readonly paths = paths;
  protected readonly shown = computed(() => this.items().slice(0, bottomBarMax));
  protected readonly hidden = computed(() => this.items().slice(bottomBarMax));
  protected readonly hiddenCount = computed(() =>
    this.hidden().reduce((sum, item) => sum + (this.counts()[item.key] ?? 0), 0),
  );
}
