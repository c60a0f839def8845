import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { asyncApiDocument, dataSchemas, eventTypes } from '@florin/events';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { docsPage, docsScript } from './docs-page.ts';
import { errorsPage } from './errors-page.ts';
import { knownErrors } from './known-errors.ts';
import { createRouter, mountPath } from './mount-path.ts';

/** Resolved without loading the module: its browser bundle added a second to every start. */
const swaggerUiFolder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const headersOfPage = helmet({
  contentSecurityPolicy: {
    directives: {
      baseUri: ["'none'"],
      // Helmet's default would ask for the page's own files and requests by HTTPS, which a service may not have.
      upgradeInsecureRequests: null,
    },
  },
});

/**
 * `/openapi.json`, and `/docs`, a page that shows it without loading anything from other hosts. Beside them what identifiers in
 * answers and events lead to: `/docs/errors#CODE`, the `type` of problems; `/docs/events/<type>.json`, the schema whose `$id` is the
 * `dataschema` of events; and `/docs/events.json`, the AsyncAPI document of all events.
 *
 * @param readDocument returns the OpenAPI document, as JSON
 * @param limits handlers that run before each of them
 */
export function documentationRoutes(
  { title, readDocument }: { title: string; readDocument(): string },
  limits: readonly RequestHandler[] = [],
): RequestHandler {
  const router = createRouter();
  const mount = (path: string, ...handlers: RequestHandler[]): void => mountPath(router, path, { get: [...limits, ...handlers] });
  mount('/openapi.json', sendText('application/json', readDocument));
  mount(
    '/docs',
    headersOfPage,
    sendText('html', () => docsPage(title)),
  );
  mount(
    '/docs/start.js',
    headersOfPage,
    sendText('text/javascript', () => docsScript),
  );
  mount(
    '/docs/errors',
    headersOfPage,
    sendText('html', () => errorsPage(knownErrors)),
  );
  mount(
    '/docs/events.json',
    sendText('application/json', () => JSON.stringify(asyncApiDocument())),
  );
  for (const type of eventTypes)
    mount(
      `/docs/events/${type}.json`,
      sendText('application/schema+json', () => JSON.stringify(dataSchemas()[type])),
    );
  for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) mount(`/docs/${name}`, headersOfPage, sendAsset(name));
  return router;
}

function sendText(type: string, read: () => string): RequestHandler {
  return (_request, response) => {
    response.set('Cache-Control', 'no-cache').type(type).send(read());
  };
}

/** Reads the file for each request. `sendFile` would answer 304 and 412 by its own validators. */
function sendAsset(name: string): RequestHandler {
  return async (_request, response) => {
    const content = await readFile(join(swaggerUiFolder, name));
    response.set('Cache-Control', 'public, max-age=3600').type(extname(name)).send(content);
  };
}
