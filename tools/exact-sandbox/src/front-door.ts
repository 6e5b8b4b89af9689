import { setTimeout as delay } from 'node:timers/promises';
import type { AdminApi } from './admin/admin-api.js';
import { maintenanceReply, spoil } from './api/play-fault.js';
import { htmlReply, type HttpReply, type HttpRequest } from './http/exchange.js';
import { problemPage } from './oauth/pages.js';
import { answerTokenCall } from './oauth/token-endpoint.js';
import { tokenHash } from './oauth/token-machine.js';
import { wallTimeText } from './odata/amsterdam-time.js';
import type { SandboxParts } from './parts.js';
import type { Random } from './random.js';

const TOKEN_PATH = '/api/oauth2/token';
const LATENCY_SIGMA = 0.5;

/** Sends every request to the part that answers it, with the delays that the switches ask for. */
export class FrontDoor {
  constructor(
    private readonly parts: SandboxParts,
    private readonly admin: AdminApi,
    private readonly random: Random,
  ) {}

  async handle(request: HttpRequest): Promise<HttpReply> {
    if (request.path.startsWith('/__sandbox/')) return this.admin.handle(request);
    await this.wait();
    const answer = this.isMaintenance() ? this.noted(request, maintenanceReply()) : this.answer(request);
    if (answer.delayMs !== undefined) await delay(answer.delayMs);
    const date = new Date(this.parts.clock.now()).toUTCString();
    return { ...answer, headers: { ...answer.headers, Date: date } };
  }

  private answer(request: HttpRequest): HttpReply {
    if (request.path.toLowerCase().startsWith('/api/v1/')) return this.parts.gate.handle(request);
    const route = `${request.method} ${request.path}`;
    switch (route) {
      case `POST ${TOKEN_PATH}`:
        return this.token(request);
      case 'GET /api/oauth2/auth':
        return this.noted(request, this.parts.authorisation.begin(request));
      case 'POST /login':
        return this.noted(request, this.parts.authorisation.logIn(request));
      case 'POST /consent':
        return this.noted(request, this.parts.authorisation.decide(request));
      default:
        return htmlReply(404, problemPage('Niet gevonden', `Hier is niets: ${route}`));
    }
  }

  private token(request: HttpRequest): HttpReply {
    const { journal, clock, faults, world } = this.parts;
    const fault = faults.take({ division: undefined, endpoint: 'oauth2/token', method: 'POST' });
    if (fault?.kind === '503') return this.noted(request, maintenanceReply());
    const call = answerTokenCall(this.parts, request);
    const answer = fault ? spoil(call.reply, fault) : call.reply;
    const userAgent = request.headers['user-agent'];
    journal.add({
      at: clock.now(),
      kind: 'token',
      method: request.method,
      path: request.path,
      status: answer.status,
      endpoint: 'oauth2/token',
      clientId: call.clientId,
      grantType: call.grantType,
      outcome: call.outcome,
      ...(userAgent === undefined ? {} : { userAgent }),
      ...(call.refreshToken === undefined ? {} : { refreshTokenHash: tokenHash(call.refreshToken) }),
      ...(call.grant ? { userId: world.userGuid(call.grant.user) } : {}),
      ...(fault ? { fault: fault.kind } : {}),
    });
    return answer;
  }

  private noted(request: HttpRequest, answer: HttpReply): HttpReply {
    const { journal, clock } = this.parts;
    const { method, path } = request;
    journal.add({
      at: clock.now(),
      kind: kindOf(path),
      method,
      path,
      status: answer.status,
    });
    return answer;
  }

  /** Real milliseconds: a slow server is slow whatever the sandbox's clock says. */
  private async wait(): Promise<void> {
    const { latencyMs, slowConnectShare, slowConnectMs } = this.parts.switches();
    let ms = 0;
    if (latencyMs > 0) ms += latencyMs * Math.exp(LATENCY_SIGMA * this.normal());
    if (slowConnectShare > 0 && this.random.chance(slowConnectShare)) ms += slowConnectMs;
    if (ms > 0) await delay(ms);
  }

  private normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.random.next()));
    return radius * Math.cos(2 * Math.PI * this.random.next());
  }

  private isMaintenance(): boolean {
    const window = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(this.parts.switches().http503Window);
    const [, from, to] = window ?? [];
    if (from === undefined || to === undefined) return false;
    const time = wallTimeText(this.parts.clock.now()).slice(11, 16);
    return time >= from && time < to;
  }
}

function kindOf(path: string): 'token' | 'api' | 'auth' {
  if (path === TOKEN_PATH) return 'token';
  return path.toLowerCase().startsWith('/api/v1/') ? 'api' : 'auth';
}
