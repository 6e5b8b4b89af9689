/** `ng serve` sends the api's paths to a running api; API_PORT says where it listens. */
const target = `http://127.0.0.1:${process.env.API_PORT ?? '4310'}`;

export default {
  '/v1': { target, changeOrigin: false },
  '/webhooks': { target },
  '/openapi.json': { target },
};
