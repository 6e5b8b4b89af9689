import { htmlReply, reply, type HttpReply, type HttpRequest } from '../http/exchange.js';
import type { FaultList, FaultPlan } from '../faults.js';
import type { Journal } from '../journal.js';
import type { CallLimits } from '../limits/call-limits.js';
import type { ErrorBlock, ErrorKey } from '../limits/error-block.js';
import type { Grant, TokenMachine } from '../oauth/token-machine.js';
import { Refusal, refusalReply } from '../odata/refusal.js';
import { findEndpoint } from '../schema/endpoints.js';
import type { Switches } from '../switches.js';
import type { World } from '../world/world.js';
import type { Access } from './access.js';
import { parseAddress, type ApiAddress } from './address.js';
import { checkAccept, toAtom, wantsJson } from './atom.js';
import { maintenanceReply, spoil } from './play-fault.js';
import type { ApiCall, Router } from './router.js';

export interface GateDeps {
  readonly world: World;
  readonly tokens: TokenMachine;
  readonly limits: CallLimits;
  readonly errors: ErrorBlock;
  readonly access: Access;
  readonly faults: FaultList;
  readonly journal: Journal;
  readonly router: Router;
  readonly switches: () => Switches;
  readonly now: () => number;
  readonly chance: (probability: number) => boolean;
}

/** What is known of a call while it passes the gate, for the journal. */
interface Passage {
  readonly request: HttpRequest;
  readonly address: ApiAddress;
  readonly endpoint: string;
  grant: Grant | undefined;
  fault: FaultPlan | undefined;
  /** Known before the answer is spoiled. */
  hasEffect: boolean;
}

const LOGIN_PAGE =
  '<html><head><title>Object moved</title></head><body><h2>Object moved to <a href="/docs/Login.aspx?ReturnUrl=';

/** Lets API calls in: authentication, planted faults, limits, the error block, the division's door; then the journal. */
export class ApiGate {
  constructor(private readonly deps: GateDeps) {}

  handle(request: HttpRequest): HttpReply {
    const address = this.addressOf(request);
    if (!address) return htmlReply(404, '<html><body><h1>Not found</h1></body></html>');
    const endpoint = findEndpoint(address.path)?.path ?? address.path;
    const passage: Passage = {
      request,
      address,
      endpoint,
      grant: undefined,
      fault: undefined,
      hasEffect: false,
    };
    const answer = this.pass(passage);
    this.note(passage, answer);
    return answer;
  }

  private addressOf(request: HttpRequest): ApiAddress | undefined {
    try {
      return parseAddress(request.path);
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  }

  private pass(passage: Passage): HttpReply {
    const { faults } = this.deps;
    const { address, endpoint, request } = passage;
    passage.fault = faults.take({ division: address.division, endpoint, method: request.method });
    if (passage.fault?.kind === '503') return maintenanceReply();
    const token = bearerOf(request);
    const look = token === undefined ? undefined : this.deps.tokens.look(token);
    if (!look || look.kind === 'unknown') return loginRedirect(request);
    passage.grant = look.grant;
    if (look.kind === 'expired') return this.counted(passage, look.grant, reply(401));
    const answer =
      address.division === undefined ? this.personal(passage, look.grant) : this.limited(passage, look.grant);
    passage.hasEffect = request.method !== 'GET' && answer.status < 300;
    return passage.fault ? spoil(answer, passage.fault) : answer;
  }

  /** `current/Me` belongs to no division, has no limits and no limit headers. */
  private personal(passage: Passage, grant: Grant): HttpReply {
    const division = this.deps.access.currentDivision(grant);
    if (!division) return refusalReply(new Refusal(403, 'Forbidden', { Reason: 'NoDivisionAccess' }));
    return this.answer({ request: passage.request, address: passage.address, grant, division });
  }

  private limited(passage: Passage, grant: Grant): HttpReply {
    const { limits, errors, journal, switches, now } = this.deps;
    const call = { clientId: grant.clientId, division: passage.address.division ?? 0, now: now() };
    if (!switches().unthrottled && errors.isBlocked(errorKey(passage, grant), now())) {
      journal.tooMany('block');
      return reply(switches().blockStatus);
    }
    const planted = passage.fault?.kind;
    if (planted === '429-minute' || planted === '429-day') {
      const window = planted === '429-day' ? 'day' : 'minute';
      journal.tooMany(window);
      return reply(429, '', limits.refusalHeaders(window, call));
    }
    const taken = limits.take(call);
    if (taken.kind !== 'allowed') {
      journal.tooMany(taken.kind);
      return reply(429, '', taken.headers);
    }
    const answer = this.enter(passage, grant);
    return this.counted(passage, grant, { ...answer, headers: { ...taken.headers, ...answer.headers } });
  }

  private enter(passage: Passage, grant: Grant): HttpReply {
    const { access, chance, switches } = this.deps;
    const { request, address } = passage;
    let call: ApiCall;
    try {
      call = { request, address, grant, division: access.enter(address.division ?? 0, grant) };
    } catch (error) {
      if (error instanceof Refusal) return refusalReply(error);
      throw error;
    }
    const answer = this.answer(call);
    const isLost = request.method === 'POST' && answer.status === 201 && chance(switches().lostPostResponse);
    return isLost ? spoil(answer, { kind: 'lost-post-response' }) : answer;
  }

  private answer(call: ApiCall): HttpReply {
    try {
      const { accept } = call.request.headers;
      if (call.address.tail !== '$count') checkAccept(accept);
      const made = this.deps.router.answer(call);
      const answer = wantsJson(accept) ? made : toAtom(made);
      return {
        ...answer,
        headers: { ...answer.headers, 'Set-Cookie': `ExactServer=Division=${call.division.code}` },
      };
    } catch (error) {
      if (error instanceof Refusal) return refusalReply(error);
      throw error;
    }
  }

  private counted(passage: Passage, grant: Grant, answer: HttpReply): HttpReply {
    const { errors, journal, now } = this.deps;
    if (passage.address.division === undefined) return answer;
    const inHour = errors.note(errorKey(passage, grant), answer.status, now());
    if (inHour !== undefined) journal.errorsInHour(inHour);
    return answer;
  }

  private note(passage: Passage, answer: HttpReply): void {
    const { request, address, endpoint, grant, fault, hasEffect } = passage;
    const key = answer.recordKey ?? /\(guid'([0-9a-fA-F-]{36})'\)/.exec(request.path)?.[1];
    this.deps.journal.add({
      at: this.deps.now(),
      kind: 'api',
      method: request.method,
      path: request.query === '' ? request.path : `${request.path}?${request.query}`,
      status: answer.status,
      endpoint,
      ...(address.division === undefined ? {} : { division: address.division }),
      ...(grant ? { userId: this.deps.world.userGuid(grant.user), clientId: grant.clientId } : {}),
      ...(fault ? { fault: fault.kind } : {}),
      hasEffect,
      ...(key === undefined ? {} : { key }),
    });
  }
}

function errorKey(passage: Passage, grant: Grant): ErrorKey {
  return {
    clientId: grant.clientId,
    user: grant.user,
    division: passage.address.division ?? 0,
    endpoint: passage.endpoint,
  };
}

function bearerOf(request: HttpRequest): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** Without a usable token Exact shows its login page, as HTML with status 401 (specification, section 1.4). */
function loginRedirect(request: HttpRequest): HttpReply {
  const returnUrl = encodeURIComponent(request.path);
  return htmlReply(401, `${LOGIN_PAGE}${returnUrl}">here</a>.</h2></body></html>`);
}
