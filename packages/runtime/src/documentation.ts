import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { type RequestHandler, Router, static as serveStatic } from 'express';
import helmet from 'helmet';
import type { Endpoint } from './endpoint.ts';
import { openApiDocument } from './openapi-document.ts';

/** Found without being loaded: its bundle is for browsers, and took a second of every start. */
const swaggerUiFolder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Florin API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css"></head><body><div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>`;

const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true });`;

/** `/openapi.json` and a page that shows it, `/docs`, which needs nothing from outside. */
export function documentationRoutes(title: string, endpoints: readonly Endpoint[]): RequestHandler {
  const document = openApiDocument(title, endpoints);
  const router = Router();
  router.get('/openapi.json', (_request, response) => {
    response.json(document);
  });
  router.use('/docs', helmet());
  router.get('/docs', (_request, response) => {
    response.type('html').send(PAGE);
  });
  router.get('/docs/start.js', (_request, response) => {
    response.type('text/javascript').send(START);
  });
  router.use('/docs', serveStatic(swaggerUiFolder, { index: false }));
  return router;
}
