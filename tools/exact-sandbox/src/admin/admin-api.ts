import { jsonReply, reply, type HttpReply, type HttpRequest } from '../http/exchange.js';
import type { SandboxParts } from '../parts.js';
import type { EditResult, RecordPlace } from './world-edits.js';
import { ANSWER_FAULT_KINDS, type FaultPlan } from '../faults.js';
import { DEFAULT_SWITCHES } from '../switches.js';

const PREFIX = '/__sandbox/';
const JOURNAL_ROWS_MAX = 50_000;

/** The sandbox's own door, for tests and tools in other processes; Exact has nothing like it. */
export class AdminApi {
  constructor(private readonly parts: SandboxParts) {}

  async handle(request: HttpRequest): Promise<HttpReply> {
    const route = `${request.method} ${request.path.slice(PREFIX.length)}`;
    const { journal, faults, clock, access } = this.parts;
    switch (route) {
      case 'GET journal':
        return jsonReply(200, journal.entries().slice(-JOURNAL_ROWS_MAX));
      case 'DELETE journal':
        journal.clear();
        return reply(204);
      case 'GET counters':
        return jsonReply(200, journal.counters());
      case 'GET switches':
        return jsonReply(200, this.parts.switches());
      case 'PUT switches':
        return this.setSwitches(bodyOf(request));
      case 'GET faults':
        return jsonReply(200, faults.list());
      case 'POST faults':
        return this.plant(bodyOf(request));
      case 'DELETE faults':
        faults.clear();
        access.restore();
        return reply(204);
      case 'POST clock/advance':
        await clock.advance(Number(bodyOf(request).ms ?? 0));
        return jsonReply(200, { now: clock.now() });
      case 'GET clock':
        return jsonReply(200, { now: clock.now() });
      case 'GET truth':
        return jsonReply(200, Object.fromEntries(this.parts.world.truth()));
      case 'GET world':
        return jsonReply(200, worldSummary(this.parts));
      default:
        return this.edit(request, route);
    }
  }

  private edit(request: HttpRequest, route: string): HttpReply {
    const { edits, webhooks } = this.parts;
    const move = /^POST divisions\/(\d+)\/move$/.exec(route);
    if (move) return editReply(edits.moveDivision(Number(move[1])));
    if (route === 'GET webhooks') return jsonReply(200, webhooks.log());
    const body = bodyOf(request);
    const at: RecordPlace & { readonly id: string } = {
      division: Number(body.division),
      entity: String(body.entity),
      id: String(body.id),
    };
    switch (route) {
      case 'POST edit':
        return editReply(edits.edit(at, objectOf(body.fields)));
      case 'POST create':
        return editReply(
          edits.create(at, objectOf(body.fields), typeof body.party === 'number' ? body.party : undefined),
        );
      case 'POST delete':
        return editReply(edits.delete(at));
      default:
        return noRoute(request);
    }
  }

  private setSwitches(changes: Readonly<Record<string, unknown>>): HttpReply {
    const known: Readonly<Record<string, unknown>> = { ...DEFAULT_SWITCHES };
    const wrong = Object.keys(changes).filter((name) => typeof changes[name] !== typeof known[name]);
    if (wrong.length > 0)
      return jsonReply(400, { error: `unknown or mistyped switches: ${wrong.join(', ')}` });
    // Safe: names and types were just compared with the defaults.
    this.parts.setSwitches(changes);
    return jsonReply(200, this.parts.switches());
  }

  private plant(body: Readonly<Record<string, unknown>>): HttpReply {
    // Safe enough for a test tool: the kind is checked below, the rest only narrows which calls are struck.
    const problem = plantFault(this.parts, body as unknown as FaultPlan);
    return problem === undefined ? reply(204) : jsonReply(400, { error: problem });
  }
}

/** Plants a fault; gives the reason when it makes no sense. */
export function plantFault(
  { faults, access, tokens, world }: SandboxParts,
  plan: FaultPlan,
): string | undefined {
  switch (plan.kind) {
    case 'rights-withdrawn':
    case 'division-blocked': {
      const code = plan.division ?? plan.match?.division;
      if (code === undefined) return `${plan.kind} needs a division`;
      if (plan.kind === 'division-blocked') access.block(code);
      else access.withdrawRights(code);
      return undefined;
    }
    case 'token-revoked': {
      const user = world.users.find(({ username }) => username === plan.user);
      if (!user) return `no such user: ${plan.user ?? ''}`;
      tokens.revokeUser(user.number);
      return undefined;
    }
    default:
      if (!ANSWER_FAULT_KINDS.includes(plan.kind)) return `no such fault: ${String(plan.kind)}`;
      faults.add(plan);
      return undefined;
  }
}

/** Divisions, users and numbers of records. */
export function worldSummary({ world, clients }: SandboxParts): unknown {
  return {
    seed: world.seed,
    clients: [...clients.values()].map(({ clientId, redirectUris }) => ({ clientId, redirectUris })),
    users: world.users.map(({ username, fullName, number }) => ({
      username,
      fullName,
      userId: world.userGuid(number),
      divisions: world.divisionsOf(number).map(({ code }) => code),
    })),
    divisions: world.divisions.map((division) => ({
      code: division.code,
      description: division.profile.description,
      status: division.status,
      blockingStatus: division.blockingStatus,
      counts: Object.fromEntries(division.tableNames().map((name) => [name, division.tables[name].size])),
    })),
  };
}

function noRoute(request: HttpRequest): HttpReply {
  return jsonReply(404, { error: `no such route: ${request.method} ${request.path}` });
}

function editReply(result: EditResult<unknown>): HttpReply {
  return result.ok
    ? jsonReply(200, result.value)
    : jsonReply(result.error.kind === 'refused' ? 409 : 404, result.error);
}

function bodyOf(request: HttpRequest): Readonly<Record<string, unknown>> {
  if (request.body.length === 0) return {};
  return objectOf(JSON.parse(request.body.toString('utf8')));
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  // Safe: a non-null object from JSON has text keys.
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
