import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Endpoint } from './endpoint.ts';
import { createRouter, mountPath } from './mount-path.ts';
import { openApiDocument } from './openapi-document.ts';

/** Resolved without loading the module: its browser bundle added a second to every start. */
const swaggerUiFolder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Florin API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css"></head><body><div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>`;

const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true });`;

const headersOfPage = helmet({ contentSecurityPolicy: { directives: { baseUri: ["'none'"] } } });

/**
 * `/openapi.json`, and `/docs`, a page that shows it without loading anything from other hosts.
 *
 * @param limits handlers that run before each of them
 */
export function documentationRoutes(
  title: string,
  endpoints: readonly Endpoint[],
  limits: readonly RequestHandler[] = [],
): RequestHandler {
  /** Built for the first request: it costs as much as the rest of a start. */
  let document: string | undefined;
  const router = createRouter();
  const mount = (path: string, ...handlers: RequestHandler[]): void => mountPath(router, path, { get: [...limits, ...handlers] });
  mount('/openapi.json', (request, response, next) => {
    document ??= JSON.stringify(openApiDocument(title, endpoints));
    sendText('application/json', document)(request, response, next);
  });
  mount('/docs', headersOfPage, sendText('html', PAGE));
  mount('/docs/start.js', headersOfPage, sendText('text/javascript', START));
  for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) mount(`/docs/${name}`, headersOfPage, sendAsset(name));
  return router;
}

function sendText(type: string, text: string): RequestHandler {
  return (_request, response) => {
    response.set('Cache-Control', 'no-cache').type(type).send(text);
  };
}

/** Reads the file for each request. `sendFile` would answer 304 and 412 by its own validators. */
function sendAsset(name: string): RequestHandler {
  return async (_request, response) => {
    const content = await readFile(join(swaggerUiFolder, name));
    response.set('Cache-Control', 'public, max-age=3600').type(extname(name)).send(content);
  };
}
