import type { FastifyInstance } from 'fastify';

/** Remembers which methods each address of the API knows, so that another method is refused by that name (405) and not as an unknown address. */
export class KnownMethods {
  private readonly routes: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = [];

  /** Must be made before the routes are. */
  constructor(server: FastifyInstance) {
    server.addHook('onRoute', ({ url, method }) => {
      // The portal's page answers at every address and says nothing about one.
      if (!url.includes('*')) this.routes.push({ pattern: patternOf(url), methods: [method].flat() });
    });
  }

  /** The methods at this address, sorted; none when there is no such address. */
  at(url: string): readonly string[] {
    const [path = ''] = url.split('?');
    const found = this.routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods);
    return [...new Set(found)].sort();
  }
}

function patternOf(url: string): RegExp {
  const segments = url
    .split('/')
    .map((segment) => (segment.startsWith(':') ? '[^/]+' : segment.replaceAll('.', '\\.')));
  return new RegExp(`^${segments.join('/')}$`);
}
