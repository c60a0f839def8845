import type { ErrorDefinition } from '@florin/app-response';
import { escapeHtml } from './escape-html.ts';

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
section{border-top:1px solid #ccc;padding:.5rem .75rem}section:target{background:#fff7d6}h2{font-size:1.1rem;margin:.5rem 0}
h2 a{color:inherit}nav ul{columns:15rem;padding:0;list-style:none;font-size:.85rem;overflow-wrap:anywhere}nav a{color:#1f5fa8}dt{font-weight:600}dd{margin:0 0 .5rem}code{background:#f1f1f1;padding:0 .2em}`;

/** The page to which the `type` of a problem leads: each code has a section with its name as the fragment. */
export function errorsPage(errors: readonly ErrorDefinition[]): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Florin: error codes</title><link rel="icon" href="data:,"><style>${style}</style></head><body><main><h1>Error codes</h1>
<p>Every failed request is answered with problem details (RFC 9457). <code>code</code> is stable: programs decide by it. A later
release may add codes, so treat an unknown one by its status. Send <code>requestId</code> to support.</p>
<nav aria-label="Codes"><ul>
${errors.map(({ code }) => `<li><a href="#${escapeHtml(code)}">${escapeHtml(code)}</a></li>`).join('\n')}
</ul></nav>
${errors.map(section).join('\n')}
</main></body></html>`;
}

function section({ code, status, title, meaning = '', action = '', extensions = {} }: ErrorDefinition): string {
  const members = Object.entries(extensions).map(
    ([name, { description }]) => `<code>${escapeHtml(name)}</code>: ${escapeHtml(description)}`,
  );
  return `<section id="${escapeHtml(code)}"><h2><a href="#${escapeHtml(code)}">${escapeHtml(code)}</a></h2><dl>
<dt>Title</dt><dd>${escapeHtml(title)}</dd><dt>Status</dt><dd>${status}</dd>
<dt>Meaning</dt><dd>${withCode(meaning)}</dd><dt>What the client should do</dt><dd>${withCode(action)}</dd>
${members.length === 0 ? '' : `<dt>Further members</dt><dd>${members.join('<br>')}</dd>`}</dl></section>`;
}

function withCode(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}
