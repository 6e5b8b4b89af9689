import type { EndpointShape } from './endpoint.js';
import * as administrations from './coupling/administrations.js';
import * as configuration from './coupling/configuration.js';
import * as coupling from './coupling/coupling.js';
import * as plan from './coupling/plan.js';
import * as batches from './relations/batches.js';
import * as decisions from './relations/decisions.js';
import * as relations from './relations/relations.js';
import * as uses from './relations/uses.js';
import * as session from './session/session.js';
import * as settings from './settings/settings.js';
import * as sync from './sync/sync.js';
import * as issues from './upkeep/issues.js';
import * as outgoing from './webhooks/outgoing.js';
import * as upkeep from './upkeep/upkeep.js';

/** Every endpoint of the API: what is exported as `...Endpoint` by the contexts. */
export const endpoints: readonly EndpointShape[] = [
  session,
  coupling,
  plan,
  configuration,
  administrations,
  sync,
  relations,
  decisions,
  batches,
  uses,
  settings,
  issues,
  upkeep,
  outgoing,
].flatMap(
  (context) =>
    Object.entries(context)
      .filter(([name]) => name.endsWith('Endpoint'))
      .map(([, value]) => value as EndpointShape), // safe: the name is the convention, and a spec checks the shape
);
