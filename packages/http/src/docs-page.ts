import { escapeHtml } from './escape-html.ts';

const style = `body{margin:0;background:#fff;color:#1b1b1b;font:16px/1.5 system-ui,sans-serif}
.start{max-width:1460px;margin:0 auto;padding:1rem 20px 0}.start pre{background:#f1f1f1;padding:.75rem;overflow:auto}`;

/**
 * The page that shows an OpenAPI document by its tags. Its buttons send requests to the service that serves the page, with the token
 * of *Authorize*.
 */
export function docsPage(title: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><link rel="stylesheet" href="/docs/swagger-ui.css"><style>${style}</style></head><body>
<main><section class="start"><h1>Sign in</h1><ol>
<li>Create an account at the auth service, or at the gateway, with your own e-mail address and password:
<pre><code>curl -s http://127.0.0.1:3001/v1/auth/signup -H 'content-type: application/json' \\
  -d '{"email": "you@example.com", "password": "plum-lantern-47-river"}'</code></pre>
The answer has <code>data.accessToken</code>, which is valid for minutes, and <code>data.refreshToken</code>, with which
<code>POST /v1/auth/refresh</code> makes the next pair. Later, <code>POST /v1/auth/signin</code> answers the same.</li>
<li>Send the access token with each request:
<pre><code>curl -s https://the-service/v1/… -H 'authorization: Bearer ACCESS_TOKEN'</code></pre></li>
<li>On this page: press <b>Authorize</b>, enter the access token, then <b>Try it out</b> at an operation.</li></ol>
<p>Every failure has a code: <a href="/docs/errors">error codes</a>. The document: <a href="/openapi.json">/openapi.json</a>.
The events: <a href="/docs/events.json">/docs/events.json</a>.</p></section>
<div id="swagger-ui"></div></main>
<script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>`;
}

/** Starts Swagger UI: operations closed and grouped by tag, nothing from other hosts. */
export const docsScript = `window.ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  docExpansion: 'list',
  filter: true,
  validatorUrl: null,
});`;
