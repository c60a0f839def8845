import { decodeHTML } from 'entities';
import { Parser } from 'htmlparser2';

/** A tag, a comment or a character reference. */
const MARKUP = /<[a-z!/]|&(?:#x?[\da-f]|[a-z]{2})/i;
const MAX_TAGS = 5_000;
const PARAGRAPHS = new Set(
  'address article aside blockquote dl div fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table ul'.split(
    ' ',
  ),
);
const LINES = new Set(['dd', 'dt', 'figcaption', 'li', 'tr']);
const CELLS = new Set(['td', 'th']);
const UNSHOWN = new Set(['head', 'iframe', 'noscript', 'object', 'script', 'style', 'svg', 'template', 'title']);

/** `keepsLines`: a line end in the HTML is one in the text. */
type Options = { keepsLines?: boolean };

/**
 * Converts HTML to the text that a browser would show: paragraphs, line breaks, and list items after a hyphen. Text without markup, and
 * HTML with thousands of tags, stay as they are.
 */
export function htmlToText(html: string, { keepsLines = false }: Options = {}): string {
  if (!MARKUP.test(html) || hasTooManyTags(html)) return html;
  const text = createText();
  let unshown = 0;
  const parser = new Parser(
    {
      onopentagname(name) {
        if (UNSHOWN.has(name)) unshown++;
        if (name === 'br') text.breakLine();
        text.breakTo(breaksOf(name));
        if (name === 'li' && unshown === 0) text.add('- ');
        if (CELLS.has(name)) text.add(' ');
      },
      onclosetag(name) {
        if (UNSHOWN.has(name)) unshown--;
        text.breakTo(breaksOf(name));
      },
      ontext(data) {
        if (unshown > 0) return;
        for (const [index, line] of (keepsLines ? data.split(/\r\n|[\r\n]/) : [data]).entries()) {
          if (index > 0) text.breakLine();
          text.add(line);
        }
      },
    },
    { decodeEntities: false },
  );
  parser.end(html);
  // Decoded last: blanks that the HTML writes as character references stay.
  return decodeHTML(text.all());
}

/** The work of the parser grows with the square of the tags that are open. So much HTML is too long for a description anyway. */
function hasTooManyTags(html: string): boolean {
  return html.length > MAX_TAGS && html.split('<').length > MAX_TAGS;
}

function breaksOf(tag: string): number {
  if (PARAGRAPHS.has(tag)) return 2;
  return LINES.has(tag) ? 1 : 0;
}

type Text = {
  add(words: string): void;
  breakLine(): void;
  /** Makes the next words begin after at least so many line ends. */
  breakTo(count: number): void;
  all(): string;
};

function createText(): Text {
  const parts: string[] = [];
  let breaks = 0;
  let hasBlank = false;
  return {
    add(words) {
      const text = words.replaceAll(/[\t\n\f\r ]+/g, ' ');
      if (text.startsWith(' ')) hasBlank = true;
      if (text === '' || text === ' ') return;
      if (parts.length > 0) parts.push(breaks > 0 ? '\n'.repeat(breaks) : hasBlank ? ' ' : '');
      parts.push(text.replaceAll(/^ | $/g, ''));
      breaks = 0;
      hasBlank = text.endsWith(' ');
    },
    breakLine() {
      breaks++;
    },
    breakTo(count) {
      breaks = Math.max(breaks, count);
    },
    all: () => parts.join(''),
  };
}
