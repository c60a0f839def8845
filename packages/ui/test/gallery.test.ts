import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Browser, chromium } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { provideBrowser } from '../../../dev/infra/provide-browser.ts';
import { findViolations } from '../../../e2e/find-violations.ts';

const TIMEOUT_MS = 300_000;
const gallery = join(import.meta.dirname, '../gallery');

describe('the gallery of packages/ui, in Chromium', function () {
  this.timeout(TIMEOUT_MS);
  let server: ViteDevServer;
  let browser: Browser;
  before(async () => {
    server = await createServer({
      root: gallery,
      configFile: join(gallery, 'vite.config.ts'),
      cacheDir: join(import.meta.dirname, '../../../reports/gallery'),
      logLevel: 'error',
      server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    });
    await server.listen();
    const executablePath = await provideBrowser(() => {}, AbortSignal.timeout(TIMEOUT_MS));
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  it('shows each component', () => {
    const index = readFileSync(join(gallery, '../src/index.ts'), 'utf8');
    const shown = readFileSync(join(gallery, 'gallery.tsx'), 'utf8');
    const components = [...index.matchAll(/\b([A-Z][A-Za-z]+)\b(?=[^}]*\} from '\.\/[\w-]+\.tsx')/g)].map(
      ([, name = '']) => name,
    );
    const hidden = components.filter((name) => !shown.includes(`<${name}`) && !isNoComponent(name, index));
    expect(components).to.include.members(['Button', 'Dialog', 'Money']);
    expect(hidden, 'add them to packages/ui/gallery/gallery.tsx').to.deep.equal([]);
  });

  for (const theme of ['light', 'dark'] as const)
    it(`has no faults of accessibility in the ${theme} theme, with and without its dialog`, async () => {
      const page = await browser.newPage({ colorScheme: theme, viewport: { width: 390, height: 844 } });
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(String(error)));
      await page.goto(server.resolvedUrls?.local[0] ?? '');
      await page.getByRole('heading', { name: 'Gallery' }).waitFor({ timeout: TIMEOUT_MS });
      expect(await findViolations(page)).to.deep.equal([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).to.be.at.most(390);
      await page.getByRole('button', { name: 'Open the dialog' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await findViolations(page)).to.deep.equal([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      expect(await page.locator(':focus').textContent()).to.equal('Open the dialog');
      expect(faults).to.deep.equal([]);
      await page.close();
    });
});

/** Types and contexts begin with a capital too. */
function isNoComponent(name: string, index: string): boolean {
  return index.includes(`type ${name}`) || name.endsWith('Context');
}
