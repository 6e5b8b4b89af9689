import { coupling } from './coupling.js';
import { history } from './history.js';
import { issues } from './issues.js';
import { manage } from './manage.js';
import { match } from './match.js';
import { relations } from './relations.js';
import { settings } from './settings.js';
import { shell } from './shell.js';
import { sync } from './sync.js';
import { webhooks } from './webhooks.js';

/** English by message id; translations.spec.ts fails when one is missing or no longer used. */
export const english: Readonly<Record<string, string>> = {
  ...shell,
  ...coupling,
  ...sync,
  ...match,
  ...relations,
  ...issues,
  ...history,
  ...manage,
  ...webhooks,
  ...settings,
};
