import { docsStyle } from './docs-style.ts';
import { escapeHtml } from './escape-html.ts';

/**
 * The page that shows an OpenAPI document by its tags. Its buttons send requests to the service that serves the page, with the token
 * of *Authorize*.
 */
export function docsPage(title: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><link rel="stylesheet" href="/docs/swagger-ui.css"><link rel="icon" href="data:,">
<style>${docsStyle}</style></head><body>
<main><section class="start"><h1>${escapeHtml(title)}</h1><h2>Sign in</h2><ol>
<li>Create an account at the auth service, or at the gateway, with your own e-mail address and password:
<pre><code>curl -s http://127.0.0.1:3001/v1/auth/signup -H 'content-type: application/json' \\
  -d '{"email": "you@example.com", "password": "plum-lantern-47-river"}'</code></pre>
The answer has <code>data.accessToken</code>, which is valid for minutes, and <code>data.refreshToken</code>, with which
<code>POST /v1/auth/refresh</code> makes the next pair. Later, <code>POST /v1/auth/signin</code> answers the same.</li>
<li>Send the access token with each request:
<pre><code>curl -s https://the-service/v1/… -H 'authorization: Bearer ACCESS_TOKEN'</code></pre></li>
<li>On this page: press <b>Authorize</b>, enter the access token at <b>bearer</b>, then press <b>Try it out</b> at an operation.</li></ol>
<p>Every failure has a code: <a href="/docs/errors">error codes</a>. The document: <a href="/openapi.json">/openapi.json</a>.
The events: <a href="/docs/events.json">/docs/events.json</a>.</p></section>
<div id="swagger-ui"></div></main>
<script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>`;
}

/**
 * Starts Swagger UI: operations closed and grouped by tag, nothing from other hosts. The plugin mends what a screen reader stumbles
 * over: links inside of buttons, a choice of servers that has one, a body without a label, and a button whose label is another text.
 */
export const docsScript = `const accessible = ({ React }) => ({
  wrapComponents: {
    DeepLink: () => ({ text }) => React.createElement('span', null, text),
    ServersContainer: () => () => null,
    TextArea: (TextArea) => (props) => React.createElement(TextArea, { 'aria-label': 'Request body', ...props }),
    Button: (Button) => ({ 'aria-label': label, ...props }) =>
      React.createElement(Button, typeof props.children === 'string' ? props : { 'aria-label': label, ...props }),
  },
});
window.ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  filter: true,
  validatorUrl: null,
  plugins: [accessible],
});`;
