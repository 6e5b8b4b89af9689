import { Component, inject, input, output } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { paths } from '../paths.js';
import { CurrentSession } from '../session/current-session.js';
import { injectSessionActions } from '../session/session-actions.js';
import { Icon } from '../ui/icon.js';
import { Mark } from '../ui/mark.js';
import type { NavigationItem } from './navigation.js';

/** Header: mark, organisation, pages, language, person. */
@Component({
  selector: 'kp-top-bar',
  imports: [RouterLink, RouterLinkActive, Mark, Icon, MatIconButton, MatMenu, MatMenuItem, MatMenuTrigger],
  templateUrl: './top-bar.html',
  styleUrl: './top-bar.scss',
})
export class TopBar {
  readonly items = input.required<readonly NavigationItem[]>();
  readonly counts = input.required<Partial<Record<NavigationItem['key'], number>>>();
  readonly help = output();
  protected readonly session = inject(CurrentSession);
  protected readonly actions = injectSessionActions();
  protected readonly paths = paths;
}
