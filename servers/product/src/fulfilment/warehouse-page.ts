import { escapeHtml, pagePolicy, type Reply } from '@florin/http';
import type { Purchase } from '../purchases/index.ts';

const STYLE = `
body { font: 14px/1.4 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff }
h1 { font-size: 1.4rem; margin: 0 }
h2 { font-size: 1.1rem; margin: 1.2rem 0 .2rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem }
dd { margin: 0 }
address { font-style: normal; font-size: 1.1rem; margin: 1rem 0; white-space: pre-line }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: 1px solid #bbb; padding: .3rem .6rem; text-align: left; vertical-align: top }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.box::before { content: "\\2610" }
thead { display: table-header-group }
tr { break-inside: avoid }
@media print { body { margin: 0; max-width: none; font-size: 11pt } @page { size: A4; margin: 18mm } }
`;

const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': pagePolicy(STYLE) };

/**
 * Answers with a page for printing, which loads and runs nothing.
 *
 * @param body HTML, with texts escaped
 */
export function warehousePage(title: string, body: string): Reply {
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><h1>${escapeHtml(title)}</h1>
${body}
</body></html>
`;
  return { status: 200, headers, stream: once(html) };
}

/** The label of a purchase: its number. A purchase of an earlier release has none until a job numbers it. */
export function labelOf({ id, number }: Purchase): string {
  return escapeHtml(number ?? id);
}

/** A product and its chosen options: `Shirt (Size: M)`. */
export function nameOf({ name, optionValues = {} }: { name: string; optionValues?: Readonly<Record<string, string>> }): string {
  const options = Object.entries(optionValues).map(([option, value]) => `${option}: ${value}`);
  return escapeHtml(options.length === 0 ? name : `${name} (${options.join(', ')})`);
}

/** A time in UTC, to the minute. */
export function minuteOf(at: Date): string {
  return at.toISOString().slice(0, 16).replace('T', ' ');
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
