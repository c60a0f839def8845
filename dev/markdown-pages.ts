import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** A Markdown page: its path below the root, its links and its inline code. */
export type Page = { path: string; links: readonly string[]; codeOutsideLinks: readonly string[]; anchors: ReadonlySet<string> };

const skipped = new Set(['node_modules', 'dist', 'coverage', 'reports', 'build']);

/** Reads all pages of the project. */
export function readPages(root: string): Page[] {
  return findFiles(root, root)
    .filter((path) => path.endsWith('.md'))
    .map((path) => parsePage(path, readFileSync(join(root, path), 'utf8')));
}

/** Lists the project's files below a directory, without dependencies, build output and hidden tools. */
export function findFiles(root: string, directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || skipped.has(entry.name)) return [];
    const path = join(directory, entry.name);
    return entry.isDirectory() ? findFiles(root, path) : [relative(root, path)];
  });
}

export function parsePage(path: string, text: string): Page {
  const prose = text.replaceAll(/^```.*?^```$/gms, '');
  const links = [...prose.matchAll(/\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  const outside = prose.replaceAll(/\[[^\]]*\]\([^)\s]+\)/g, '');
  const code = [...outside.matchAll(/`([^`\n]+)`/g)].map(([, quoted = '']) => quoted);
  return { path, links, codeOutsideLinks: code, anchors: anchorsOf(prose) };
}

/** The anchors of headings, as GitHub generates them. */
function anchorsOf(prose: string): Set<string> {
  const headings = [...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Finds broken links: to a missing file, or to a heading that the page does not have. */
export function findBrokenLinks(root: string, pages: readonly Page[]): string[] {
  const byPath = new Map(pages.map((page) => [page.path, page]));
  return pages.flatMap((page) =>
    page.links
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => {
        const [file = '', anchor] = link.split('#');
        const path = pathOf(page, file);
        if (!byPath.has(path) && !exists(join(root, path))) return true;
        return anchor !== undefined && byPath.get(path)?.anchors.has(anchor) !== true;
      })
      .map((link) => `${page.path}: ${link}`),
  );
}

/** The target of a link, below the root. */
export function pathOf(page: Page, file: string): string {
  return file === '' ? page.path : join(dirname(page.path), file);
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
